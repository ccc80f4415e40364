/** Calls of systemctl in a pasted script belong to the unit whose command runs it. */

import type { Fact, Request, UnitText } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'
import { baseName } from '../systemd/path-util.ts'
import { templateOf } from '../systemd/unit.ts'
import { byType, nameOfSnippet } from './snippet.ts'
import { namesIn } from './units.ts'

export interface Attributed {
  /** The same facts, with requests of scripts and templates in the name of who makes them. */
  readonly facts: readonly Fact[]
  /** What each script that a unit runs calls of systemctl, by its path. */
  readonly scripts: ReadonlyMap<string, readonly string[]>
}

export function attribute(facts: readonly Fact[]): Attributed {
  const scripts = new Map<string, Set<string>>()
  const texts = factsOf(facts, 'unit-text')
  const names = byType(texts.some(({ unit }) => unit === null) ? namesIn(facts) : NOBODY)
  const commands = texts.flatMap((text) => commandsOf(text, text.unit ?? nameOfSnippet(text, names, NOBODY)))
  if (commands.length === 0) return { facts, scripts: new Map() }
  const runners = { commands, byWord: byWordOf(commands), byName: byNameOf(commands), only: onlyScript(commands) }
  const instances = instancesIn(facts)
  const changed = new Map<Fact, Request>()
  for (const request of factsOf(facts, 'request')) {
    const now = attributed(request, runners, instances, scripts)
    if (now !== request) changed.set(request, now)
  }
  return {
    // The same list where nothing changes: it may be long, and what was found out about it stays known.
    facts: changed.size === 0 ? facts : facts.map((fact) => changed.get(fact) ?? fact),
    scripts: new Map([...scripts].map(([path, calls]) => [path, [...calls]])),
  }
}

interface Command {
  readonly unit: string
  readonly setting: string
  readonly words: readonly string[]
}

interface Runners {
  readonly commands: readonly Command[]
  /** The first that has a word. */
  readonly byWord: ReadonlyMap<string, Command>
  /** By the name that a log knows its program by. */
  readonly byName: ReadonlyMap<string, Command>
  /** What runs the script, where no more than one is run. */
  readonly only: Command | undefined
}

const NOBODY: ReadonlySet<string> = new Set()

function commandsOf({ assignments }: UnitText, unit: string): Command[] {
  return assignments
    .filter(({ key }) => key.startsWith('Exec'))
    .map(({ key, value }) => ({ unit, setting: key, words: value.replace(/^[-@:+!|]+/, '').split(/[\s'";]+/) }))
}

function byWordOf(commands: readonly Command[]): Map<string, Command> {
  const found = new Map<string, Command>()
  for (const command of commands) {
    for (const word of command.words) {
      // People call a script by its last part.
      for (const name of [word, baseName(word)]) if (!found.has(name)) found.set(name, command)
    }
  }
  return found
}

/** A program that any unit may run goes by a name that tells of none. */
function byNameOf(commands: readonly Command[]): Map<string, Command> {
  const own = commands.filter(({ words: [path = ''] }) => path.startsWith('/') && !PROGRAM.test(path))
  return new Map(own.map((command) => [baseName(command.words[0] ?? ''), command]))
}

function attributed(
  request: Request,
  runners: Runners,
  instances: ReadonlyMap<string, string>,
  scripts: Map<string, Set<string>>,
): Request {
  const { by, requester } = request
  const recorded = recordedCommand(request, runners.commands)
  if (recorded) {
    note(scripts, recorded.path, request.command)
    return { ...request, by: 'exec', requester: instanceOf(`${recorded.unit} ${recorded.setting}`, instances) }
  }
  if (by === 'exec' && requester !== null) return { ...request, requester: instanceOf(requester, instances) }
  const runs = runnerOf(request, runners)
  if (!runs) return request
  const path = runs.words.find((word) => word === requester || baseName(word) === requester)
  note(scripts, path ?? runs.words[0] ?? '', request.command)
  return { ...request, by: 'exec', requester: instanceOf(`${runs.unit} ${runs.setting}`, instances) }
}

/** Of what a script says, and of what a program said in the log as it ran it. */
function runnerOf({ by, requester, tense, source }: Request, { only, byWord, byName }: Runners): Command | undefined {
  if (by === 'other' && source === 'journal') return byName.get(requester ?? '')
  if (by !== 'script' || tense !== 'written') return undefined
  return requester === null ? only : byWord.get(requester)
}

function note(scripts: Map<string, Set<string>>, path: string, call: string): void {
  const calls = scripts.get(path) ?? new Set()
  scripts.set(path, calls.add(call))
}

/** The flight recorder met a script of the unit that the process belongs to: which of its commands runs it. */
function recordedCommand({ asker }: Request, commands: readonly Command[]): (Command & { path: string }) | null {
  if (!asker?.unit) return null
  const template = templateOf(asker.unit)
  const own = commands.filter(({ unit }) => unit === asker.unit || unit === template)
  for (const { unit, command } of asker.startedBy) {
    if (unit !== asker.unit) continue
    const paths = command.split(' ').filter((word) => word.startsWith('/') && !PROGRAM.test(word))
    for (const path of paths) {
      const runs = own.find(({ words }) => words.includes(path))
      if (runs) return { ...runs, unit: asker.unit, path }
    }
  }
  return null
}

const PROGRAM = /^\/(?:usr\/)?s?bin\/|^\/(?:usr\/)?lib/

/** Where nothing says which script was pasted, but the units run no more than one. */
function onlyScript(commands: readonly Command[]): Command | undefined {
  const scripts = commands.filter(({ words: [path = ''] }) => path.startsWith('/') && !PROGRAM.test(path))
  const [first] = scripts
  return scripts.every(({ words: [path] }) => path === first?.words[0]) ? (scripts.at(-1) ?? undefined) : undefined
}

/** `app@.service ExecStop` is said of the one instance that the paste speaks of. */
function instanceOf(requester: string, instances: ReadonlyMap<string, string>): string {
  const [unit = '', ...rest] = requester.split(' ')
  return [instances.get(unit) ?? unit, ...rest].join(' ')
}

function instancesIn(facts: readonly Fact[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const fact of facts) {
    if (!('unit' in fact) || typeof fact.unit !== 'string' || !fact.unit.includes('@')) continue
    const template = templateOf(fact.unit)
    if (template !== undefined) found.set(template, fact.unit)
  }
  return found
}
