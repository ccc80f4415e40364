/**
 * What systemd's other tools print: systemd-run, systemd-analyze, busctl's tables, journalctl --list-boots. It is taken
 * for what it is, so that it is no prose and ends what stands above it; nobody's job is in it.
 */

import { PASSAGE_LINES } from '../limits.ts'
import { UNIT_SUFFIX } from '../systemd/unit.ts'
import { type Parser, take } from './desk.ts'

const UNIT = String.raw`\S{1,240}${UNIT_SUFFIX}`

/** run_context_show_result() and its neighbours in src/run/run.c; print_timestamps and blame in src/analyze. */
const LINES: readonly (readonly [string, RegExp])[] = [
  ['systemd-run', /^\s*(?:Running (?:\w{1,12} )?as unit|Will run service as unit): \S+$/],
  ['systemd-run', /^\s*Running (?:\w{1,12} )?as unit: \S+; invocation ID: [0-9a-f]{32}$/],
  ['systemd-run', /^\s*(?:Finished with result: [a-z-]{2,40}|Main processes terminated with: code=.{1,60})$/],
  [
    'systemd-run',
    /^\s*(?:Service runtime|CPU time consumed|Memory (?:peak|swap peak)|I[OP] (?:bytes|traffic).{1,30}): .{1,80}$/,
  ],
  ['systemd-analyze', /^\s*\S{1,240}\.target (?:reached after .{1,40} in (?:userspace|initrd)|was never reached)\.?$/],
  ['systemd-analyze', new RegExp(String.raw`^\s*(?:\d{1,9}(?:\.\d{1,6})?(?:y|month|w|d|h|min|s|ms|us) ){1,9}${UNIT}$`)],
  ['systemd-analyze', /^(?:Condition|Assert)s (?:succeeded|failed)\.$/],
  [
    'journal boots',
    /^\s*(?:IDX BOOT ID\s+FIRST ENTRY\s+LAST ENTRY|-?\d{1,5} [0-9a-f]{32} [A-Z][a-z]{2} \d{4}-.{1,80})$/,
  ],
  ['busctl', /^\s*(?:Monitoring bus message stream\.|o "\/org\/freedesktop\/systemd1\/[\w/]{1,260}")$/],
]

/** Tables end where a line has another number of columns. */
const TABLE = /^\s*NAME\s+(?:PID\s+PROCESS\s+USER\s+CONNECTION\s|TYPE\s+SIGNATURE\s+RESULT\/VALUE\s)/
const ROW = /^\s*[\w.:]\S{0,250}\s+(?:\d{1,10}|-|interface|method|signal|property)\s+\S/

export const toolLines: Parser = {
  source: 'systemd-run',
  also: ['systemd-analyze', 'journal boots', 'busctl'],
  recognizes: (desk, at) => {
    const { text } = desk.lines[at]!
    return text.length < 500 && (TABLE.test(text) || LINES.some(([, pattern]) => pattern.test(text)))
  },
  parse: (desk, at) => {
    const { text } = desk.lines[at]!
    const source = LINES.find(([, pattern]) => pattern.test(text))?.[0] ?? 'busctl'
    let next = at + 1
    if (TABLE.test(text)) {
      while (next < desk.lines.length && next - at < PASSAGE_LINES && ROW.test(desk.lines[next]!.text)) next++
    }
    return take(desk, source, at, next)
  },
}
