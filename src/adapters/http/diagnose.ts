/** A paste is answered, from memory where the same was asked a moment ago. */

import type { Context } from 'hono'
import { diagnose, explain } from '../../diagnose.ts'
import { gather } from '../../evidence/gather.ts'
import type { Catalog } from '../../hypotheses/rule.ts'
import type { Bindings } from './limit.ts'
import type { Variables } from './log.ts'
import { type AnswerMemory, type Given, keyOf } from './remembered.ts'
import { bytesOf, type Format, formatFor, reply, send } from './reply.ts'
import { type Asked, readPaste } from './request.ts'

type In = Context<{ Bindings: Bindings; Variables: Variables }>

/** The page's form and the API differ only in what they answer to whoever has no preference. */
export async function diagnosed(c: In, memory: AnswerMemory, otherwise?: Format): Promise<Response> {
  const asked = await readPaste(c)
  const format = formatFor(c, otherwise)
  // A page has the paste in it, and pastes are not kept.
  if (format === 'text/html') {
    const { rules } = await c.var.files.catalog()
    const facts = gather(asked.text)
    const answer = explain(facts, rules, asked)
    c.set('answered', answer)
    return reply(c, asked, { answer, lines: facts.lines }, format, { keeps: c.env?.DB !== undefined })
  }
  const key = await keyOf(asked, format)
  const given = memory.find(key) ?? workedOut(asked, await c.var.files.catalog(), format)
  memory.keep(key, given)
  c.set('answered', given.answered)
  return send(c, format, given.body)
}

function workedOut(asked: Asked, { rules }: Catalog, format: Exclude<Format, 'text/html'>): Given {
  const answer = diagnose(asked.text, rules, asked)
  const { outcome, cause, code } = answer
  return { body: bytesOf(answer, format), answered: { outcome, cause, code } }
}
