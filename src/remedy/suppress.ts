/**
 * Findings that someone has looked at and wants to hear no more of: `# whyjob: ignore JC106, JC107 (why)` in a unit
 * file stands for all findings whose unit or place that file is; a list of codes stands for all files.
 */

import type { AuditFile } from './audit.ts'
import type { Finding, Suppression } from './finding.ts'

const COMMENT =
  /^[ \t]*[#;][ \t]*whyjob:[ \t]*ignore[ \t]+(JC\d{3}(?:[ \t,]+JC\d{3}){0,50})[ \t]*(?:\(([^\n]{1,500})\))?/gm

export type Suppress = (finding: Finding) => Suppression | null

/** `codes` are suppressed wherever they are found. The result says how a finding is, or null. */
export function suppressing(files: readonly AuditFile[], codes: readonly string[]): Suppress {
  const comments = files.flatMap(({ name, text }) =>
    [...text.matchAll(COMMENT)].map(([, listed = '', why = null]) => ({
      name,
      unit: unitOf(name),
      codes: listed.split(/[ \t,]+/),
      why,
    })),
  )
  return ({ code, file, unit }) => {
    const comment = comments.find((one) => one.codes.includes(code) && (one.name === file || one.unit === unit))
    if (comment) return { kind: 'inSource', why: comment.why }
    return codes.includes(code) ? { kind: 'external', why: null } : null
  }
}

/** `/etc/systemd/system/a.service.d/50-b.conf` → `a.service`. */
function unitOf(path: string): string {
  const [name = '', folder = ''] = path.split('/').reverse()
  return folder.endsWith('.d') ? folder.slice(0, -'.d'.length) : name
}
