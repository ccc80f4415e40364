/** Tasks of a playbook that ask for a unit's state, as they are written: `systemd:` and `service:` in all their shapes. */

import { noteState } from './ansible-log.ts'
import { type Desk, type Parser, take } from './desk.ts'

const SOURCE = 'playbook'

const MODULE =
  /^\s*(?:- )?(?:ansible\.(?:builtin|legacy)\.)?(?:systemd|systemd_service|service|sysvinit):(?: +(\S.*))?$/
const TASK = /^\s*- name: *(.+)$/
/** `name: x`, `name=x`; a value may be quoted. */
const PAIR =
  /\b(name|service|unit|state|no_block|scope|daemon_reload)\s{0,3}[:=]\s{0,3}("[^"]{0,200}"|'[^']{0,200}'|[^\s,}]{1,200})/g
const LOOP = /^\s*(?:loop|with_items|with_list):\s*\[([^\]]{1,500})\]\s*$/
const LOOP_BELOW = /^\s*(?:loop|with_items|with_list):\s*$/
const ITEM = /^\s*- *['"]?([\w@.-]{1,200})['"]?\s*$/
const VARIABLE = /^\{\{\s*item\s*\}\}$/
/** With `async:`, the next task does not wait for this one. */
const UNWATCHED = /^\s*poll:\s*0\s*$/
/** Lines that one task may have. */
const TASK_LINES = 24

export const playbook: Parser = {
  source: SOURCE,
  recognizes: (desk, at) => moduleAt(desk, at) !== null,
  parse: (desk, at) => {
    const found = moduleAt(desk, at)
    if (found === null) return at
    const { module, end } = found
    const texts = desk.lines.slice(at, end).map(({ text }) => text)
    const requester = unquoted(TASK.exec(texts[0] ?? '')?.[1] ?? '') || null
    const own = paramsOf([inlineOf(desk, module), ...textsOf(desk, module + 1, end)])
    const params = texts.some((text) => UNWATCHED.test(text)) ? { ...own, no_block: 'true' } : own
    const about = { source: SOURCE, certainty: 0.8, by: 'ansible' as const, tense: 'written' as const, requester }
    for (const name of namesOf(params.name ?? '', texts)) {
      noteState(desk, desk.lines[module]!, { ...params, name }, { ...about, offset: 0 })
    }
    return take(desk, SOURCE, at, end)
  },
}

/** The task that begins with a line, if it has one of the modules and that has a name; null if it is something else. */
function moduleAt(desk: Desk, at: number): { readonly module: number; readonly end: number } | null {
  const first = desk.lines[at]!.text
  if (!TASK.test(first) && !MODULE.test(first)) return null
  const end = endOf(desk, at)
  for (let i = at; i < end; i++) {
    if (!MODULE.test(desk.lines[i]!.text)) continue
    const params = paramsOf([inlineOf(desk, i), ...textsOf(desk, i + 1, end)])
    return params.name !== undefined && params.state !== undefined ? { module: i, end } : null
  }
  return null
}

const inlineOf = (desk: Desk, at: number) => MODULE.exec(desk.lines[at]!.text)?.[1] ?? ''

const textsOf = (desk: Desk, from: number, to: number) => desk.lines.slice(from, to).map(({ text }) => text)

/** A task goes on as long as lines are indented deeper than its dash, or are the items of its loop. */
function endOf(desk: Desk, at: number): number {
  const lead = leadOf(desk.lines[at]!.text)
  let end = at + 1
  while (end < desk.lines.length && end - at < TASK_LINES) {
    const { text } = desk.lines[end]!
    if (text.trim() === '' || leadOf(text) <= lead) break
    end++
  }
  return end
}

const leadOf = (text: string) => text.length - text.trimStart().length

function paramsOf(texts: readonly string[]): Record<string, string> {
  const params: Record<string, string> = {}
  for (const text of texts) {
    for (const [, key = '', value = ''] of text.matchAll(PAIR)) params[key] ??= unquoted(value)
  }
  return params
}

const unquoted = (text: string) => text.trim().replace(/^(['"])(.*)\1$/, '$2')

/** The one that is named, or each that the task's loop goes over. */
function namesOf(name: string, texts: readonly string[]): readonly string[] {
  if (!VARIABLE.test(name)) return [name]
  const inline = texts.map((text) => LOOP.exec(text)?.[1]).find((list) => list !== undefined)
  if (inline !== undefined) return inline.split(',').map(unquoted)
  const below = texts.findIndex((text) => LOOP_BELOW.test(text))
  return below < 0 ? [] : texts.slice(below + 1).flatMap((text) => ITEM.exec(text)?.[1] ?? [])
}
