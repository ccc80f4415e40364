/** The Process: and Main PID: rows of a status. */

import { signalFromString } from '../systemd/signal.ts'
import { callsIn } from './command.ts'
import { type Desk, note } from './desk.ts'
import type { ExecRow } from './fact.ts'
import { indentOf, type TextLine } from './page.ts'
import { noteCalls } from './request.ts'

const PROCESS = /^(\d+)\s+([A-Z][A-Za-z]+)=(.*?)\s*(?:\((code=[^()]*(?:\([^()]*\)[^()]*)?)\))?$/s
const CODE = /code=([a-z]+),? ?(?:status|signal)=([^\s/,)]+)(?:\/([^\s,)]+))?/

/** Null if the text is no such row. */
export function execRow(text: string): ExecRow | null {
  const match = PROCESS.exec(text)
  if (!match) return null
  const code = CODE.exec(match[4] ?? '')
  const status = code ? (code[3] === undefined ? code[2]! : `${code[2]}/${code[3]}`) : null
  return { setting: match[2]!, pid: Number(match[1]), command: match[3]!, code: code?.[1] ?? null, status }
}

/** Notes how a process of the unit ended, if the row says so. */
export function noteExit(desk: Desk, line: TextLine, unit: string, label: string, text: string): void {
  const row = label === 'Process' ? execRow(text) : null
  if (row) {
    const requester = `${unit} ${row.setting}`
    const about = { source: 'systemctl status', certainty: 1, by: 'exec', tense: 'written', requester } as const
    noteCalls(desk, line, callsIn(row.command), { ...about, offset: null })
  }
  const code = CODE.exec(text.slice(text.lastIndexOf('(code=')))
  const pid = row?.pid ?? (/^\d+/.test(text) ? Number.parseInt(text, 10) : null)
  if (!code || (code[1] !== 'exited' && code[1] !== 'killed' && code[1] !== 'dumped')) return
  const number = /^\d+$/.test(code[2]!) ? Number(code[2]) : null
  const isSignal = code[1] !== 'exited'
  note(
    desk,
    {
      kind: 'process-exit',
      source: 'systemctl status',
      certainty: 1,
      unit,
      process: row?.setting ?? 'main',
      pid,
      code: code[1],
      status: isSignal ? signalFromString(code[2]!) : number,
      statusName: code[3] ?? (number === null ? code[2]! : null),
      success: number === 0,
      command: row?.command ?? null,
    },
    line,
    indentOf(line.text),
  )
}
