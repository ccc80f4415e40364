/**
 * The routes that need the core. They are one module, loaded by the first who asks for any of them, so that a Worker is
 * up before a simulator is.
 */

export { audited } from './audit.ts'
export { diagnosed } from './diagnose.ts'
export { description, docs } from './docs.ts'
export { explained, glossaryIndex, glossaryPage } from './explain.ts'
export { deleteByForm, deleteLink, keepLink, showLink } from './links.ts'
export { mcp } from './mcp.ts'
export { played, playPage } from './play.ts'
export { privacy } from './privacy.ts'
export { recorded } from './record.ts'
export { ruleIndex, ruleList, rulePage } from './rules.ts'
export { simulated } from './simulate.ts'
