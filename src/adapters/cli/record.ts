/** `whyjob record`: runs the flight recorder, tells on stderr what it meets, and diagnoses what it has printed. */

import { spawn } from 'node:child_process'
import { diagnose as explain } from '../../diagnose.ts'
import { parseSec, USEC_PER_SEC } from '../../systemd/parse-time.ts'
import { RULES } from '../catalog.ts'
import { isUnitName } from '../collect.ts'
import { MAX_WATCH_SECONDS, recordScript, WATCH_SECONDS, type Watch } from '../record.ts'
import { recorder } from '../recorder.ts'
import { formatted, statusOf } from './diagnose.ts'
import { BAD_INPUT, complain, NOT_DETERMINED, print, Usage } from './io.ts'

export interface Flags {
  readonly for?: string
  readonly debug?: true
  readonly script?: true
  readonly json?: true
  readonly markdown?: true
}

export async function record(unit: string, { script, ...flags }: Flags): Promise<number> {
  if (!isUnitName(unit)) throw new Usage(`'${unit}' is no name of a unit.`)
  const watch: Watch = { unit, seconds: secondsOf(flags.for), ...(flags.debug && { debug: true }) }
  if (script) {
    await print(recordScript(recorder(), watch))
    return 0
  }
  if (process.getuid?.() !== 0) throw new Usage('Only root sees who asks. `--script` prints what would be run.')
  const recording = await run(recordScript(recorder(), watch))
  if (recording === null) return BAD_INPUT
  const answer = explain(recording, RULES)
  await print(formatted(answer, flags))
  return answer.outcome === 'no-evidence' ? NOT_DETERMINED : statusOf(answer)
}

function secondsOf(text: string | undefined): number {
  if (text === undefined) return WATCH_SECONDS
  const usec = parseSec(text)
  const seconds = typeof usec === 'number' ? Math.ceil(usec / USEC_PER_SEC) : 0
  if (seconds >= 1 && seconds <= MAX_WATCH_SECONDS) return seconds
  throw new Usage(`'${text}' is no time from 1s to ${MAX_WATCH_SECONDS}s, such as 10min.`)
}

/** Null where it could not begin; it has said why. Ctrl-C is for the script, which then tells what it has. */
function run(script: string): Promise<string | null> {
  const ignored = () => {}
  process.on('SIGINT', ignored)
  return new Promise((resolve, reject) => {
    const child = spawn('/bin/sh', ['-s'], { stdio: ['pipe', 'pipe', 'inherit'] })
    const lines: string[] = []
    let rest = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const whole = `${rest}${text}`.split('\n')
      rest = whole.pop() ?? ''
      for (const line of whole) if (line.includes(' whyjob-record[')) complain(line)
      lines.push(...whole)
    })
    child.stdin.on('error', ignored)
    child.on('error', reject)
    child.on('close', () => {
      process.off('SIGINT', ignored)
      const text = [...lines, rest].join('\n')
      resolve(text.trim() === '' ? null : text)
    })
    child.stdin.end(script)
  })
}
