/** Calls of systemctl in a pasted script belong to the unit whose command runs it. */

import type { Fact, Request, UnitText } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'
import { templateOf } from '../systemd/unit.ts'

export interface Attributed {
  /** The same facts, with requests of scripts and templates in the name of who makes them. */
  readonly facts: readonly Fact[]
  /** What each script that a unit runs calls of systemctl, by its path. */
  readonly scripts: ReadonlyMap<string, readonly string[]>
}

export function attribute(facts: readonly Fact[]): Attributed {
  const scripts = new Map<string, string[]>()
  const commands = factsOf(facts, 'unit-text').flatMap(commandsOf)
  if (commands.length === 0) return { facts, scripts }
  const instances = instancesIn(facts)
  return {
    facts: facts.map((fact) => (fact.kind === 'request' ? attributed(fact, commands, instances, scripts) : fact)),
    scripts,
  }
}

interface Command {
  readonly unit: string
  readonly setting: string
  readonly words: readonly string[]
}

function commandsOf({ unit, assignments }: UnitText): Command[] {
  if (unit === null) return []
  return assignments
    .filter(({ key }) => key.startsWith('Exec'))
    .map(({ key, value }) => ({ unit, setting: key, words: value.replace(/^[-@:+!|]+/, '').split(/[\s'";]+/) }))
}

function attributed(
  request: Request,
  commands: readonly Command[],
  instances: ReadonlyMap<string, string>,
  scripts: Map<string, string[]>,
): Request {
  const { by, requester } = request
  if (by === 'exec' && requester !== null) return { ...request, requester: instanceOf(requester, instances) }
  if (by !== 'script' || request.tense !== 'written') return request
  const runs = requester === null ? onlyScript(commands) : commands.find(({ words }) => words.includes(requester))
  if (!runs) return request
  const path = requester ?? runs.words[0] ?? ''
  const calls = scripts.get(path) ?? []
  scripts.set(path, calls)
  if (!calls.includes(request.command)) calls.push(request.command)
  return { ...request, by: 'exec', requester: instanceOf(`${runs.unit} ${runs.setting}`, instances) }
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
    if (!('unit' in fact) || typeof fact.unit !== 'string') continue
    const template = templateOf(fact.unit)
    if (template !== undefined) found.set(template, fact.unit)
  }
  return found
}
