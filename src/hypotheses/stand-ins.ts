/**
 * What the simulator cannot read off a pasted unit: scripts of the user's, and programs that say when they are ready.
 */

import { grouped } from '../evidence/grouped.ts'
import { onceFor } from '../evidence/once-for.ts'
import type { Situation } from '../graph/assemble.ts'
import { baseName } from '../systemd/path-util.ts'
import { type ProcessRule, type ScenarioFile, unitOfFile } from '../systemd/scenario.ts'
import { templateOf } from '../systemd/unit.ts'

type Files = Map<string, ScenarioFile>

const EXEC = /^\s*(Exec[A-Za-z]+)\s*=\s*([-@:+!|]*)(\S+)(.*)$/

/** A script whose text the paste has becomes what it calls of systemctl. */
export function inlineScripts(s: Situation, files: Files, assumes: string[]): void {
  if (s.scripts.size === 0) return
  for (const { name, text } of [...files.values()]) {
    const lines = text.split('\n').map((line) => {
      const [, setting = '', prefix = '', path = ''] = EXEC.exec(line) ?? []
      const calls = s.scripts.get(path)
      if (calls === undefined) return line
      assumes.push(`${path} does nothing but to call systemctl`)
      return `${setting}=${prefix}/bin/sh -c '${calls.join('; ').replaceAll("'", '"')}'`
    })
    files.set(name, { name, text: lines.join('\n') })
  }
}

const SAYS_WHEN_READY = /^\s*Type\s*=\s*(?:notify|notify-reload|dbus|forking)\s*$/m

/** What keeps a start going for a moment, so that systemd says "Starting …" first, as it does of such a unit. */
const TAKES_A_MOMENT = 'ExecStartPost=/bin/sleep 0.5\n'

const saysWhenReady = onceFor(({ text }: ScenarioFile) => SAYS_WHEN_READY.test(text))

/** No simulated program says that it is ready, or goes into the background by itself: it is up after a moment. */
export function readySoon(files: Files, assumes: string[]): void {
  for (const file of [...files.values()]) {
    if (!saysWhenReady(file)) continue
    const unit = unitOfFile(file.name)
    const dropIn = `${unit}.d/35-ready-soon.conf`
    files.set(dropIn, { name: dropIn, text: `[Service]\nType=simple\n${TAKES_A_MOMENT}` })
    assumes.push(`${unit} is ready soon after it runs`)
  }
}

/** A service whose file the paste lacks can reload, and is no simple one if its journal says that it was starting. */
export function serviceStub(unit: string, s: Situation): string {
  const starting = s.jobLines.get(unit)?.some(({ type, phase }) => type === 'start' && phase === 'begin') ?? false
  return `[Service]\nExecStart=/bin/sleep infinity\nExecReload=/bin/true\n${starting ? TAKES_A_MOMENT : ''}`
}

/** Programs that the simulator knows, or whose name says that they are quick. */
const KNOWN =
  /^(?:sleep|true|false|:|(?:ba|da)?sh|systemctl|systemd-notify|echo|touch|rm|mkdir|rmdir|test|\[|kill|env)$/
const AT_THE_EDGES = /^Exec(?:StartPre|StartPost|Stop|StopPost|Reload|Condition)$/
/** Not two seconds, as that is how long many a rule waits for its next action: who is first would be a matter of luck. */
const TAKES_USEC = 3_000_000

/** Commands before, after and at the end take a moment: only the main one is taken for a daemon. */
export function momentaryCommands(files: Files, names: readonly string[]): ProcessRule[] {
  const found = [...byUnit(files)].flatMap(([unit, own]) => {
    const commands = own.length === 1 ? momentaryIn(own[0] as ScenarioFile) : momentaryOf(textOf(own.sort(inOrder)))
    return commands.length === 0 ? [] : [{ unit, commands, first: own[0] as ScenarioFile }]
  })
  found.sort((a, b) => inOrder(a.first, b.first))
  return found.flatMap(({ unit, commands }) => {
    const owners = [unit, ...names.filter((one) => templateOf(one) === unit)]
    const does = { kind: 'runs' as const, usec: TAKES_USEC, exits: 0 }
    return commands.flatMap(({ setting, nth }) => owners.map((owner) => ({ unit: owner, setting, nth, does })))
  })
}

/** Each unit's file with its drop-ins. */
const byUnit = (files: Files): Map<string, ScenarioFile[]> => grouped(files.values(), ({ name }) => unitOfFile(name))

/** Drop-ins come after, in the order of their names. */
function inOrder(a: ScenarioFile, b: ScenarioFile): number {
  const dropIn = a.name.includes('/')
  if (dropIn !== b.name.includes('/')) return dropIn ? 1 : -1
  return a.name < b.name ? -1 : 1
}

const textOf = (own: readonly ScenarioFile[]) => own.map(({ text }) => text).join('\n')

const TYPE = /^\s*Type\s*=\s*(\S*)\s*$/gm

interface Command {
  readonly setting: string
  readonly nth: number
  readonly path: string
}

const momentaryIn = onceFor(({ text }: ScenarioFile) => momentaryOf(text))

function momentaryOf(text: string): readonly Command[] {
  const oneshot = [...text.matchAll(TYPE)].at(-1)?.[1] === 'oneshot'
  return commandsIn(text).filter(({ setting, path }) => {
    return !KNOWN.test(baseName(path)) && (AT_THE_EDGES.test(setting) || (oneshot && setting === 'ExecStart'))
  })
}

/** The commands that count: an empty assignment takes back those above it. */
function commandsIn(text: string): Command[] {
  const bySetting = new Map<string, Command[]>()
  for (const line of text.split('\n')) {
    if (!line.includes('Exec')) continue
    if (/^\s*Exec[A-Za-z]+\s*=\s*$/.test(line)) bySetting.delete(line.split('=')[0]?.trim() ?? '')
    const [, setting = '', , path = ''] = EXEC.exec(line) ?? []
    if (setting === '') continue
    const known = bySetting.get(setting) ?? []
    bySetting.set(setting, known)
    known.push({ setting, nth: known.length + 1, path })
  }
  return [...bySetting.values()].flat()
}
