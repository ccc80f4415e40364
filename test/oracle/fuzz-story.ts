/** Random stories: a few units, and a few things done to them half a second or more apart. */

import fc from 'fast-check'
import { parseScenario, type Scenario } from '../../src/systemd/scenario.ts'
import { withDifferentSpans } from './fuzz-parts.ts'
import { type Cast, type Kind, unitText } from './fuzz-units.ts'

const LETTERS = 'abcdefgh'

const kind: fc.Arbitrary<Kind> = fc.oneof(
  { weight: 66, arbitrary: fc.constant<Kind>('service') },
  { weight: 12, arbitrary: fc.constant<Kind>('target') },
  { weight: 8, arbitrary: fc.constant<Kind>('timer') },
  { weight: 7, arbitrary: fc.constant<Kind>('socket') },
  { weight: 5, arbitrary: fc.constant<Kind>('path') },
  { weight: 2, arbitrary: fc.constant<Kind>('slice') },
)

/** The first is a service, and what a timer, socket or path starts by default has its name. */
const cast: fc.Arbitrary<Cast> = fc.array(kind, { minLength: 1, maxLength: 5 }).map((rest) => {
  const kinds: Kind[] = ['service', ...rest]
  const twin = kinds.findIndex((of) => of === 'timer' || of === 'socket' || of === 'path')
  const names = kinds.map((of, index) => `${LETTERS[index === twin ? 0 : index]}.${of}`)
  return { names, kinds }
})

function modes(verb: string): fc.Arbitrary<string> {
  const common = [
    'fail',
    'fail',
    'replace',
    'replace-irreversibly',
    'flush',
    'ignore-dependencies',
    'ignore-requirements',
  ]
  const special =
    verb === 'start' ? ['isolate', 'restart-dependencies', 'lenient'] : verb === 'stop' ? ['triggering'] : []
  return fc.oneof(
    { weight: 82, arbitrary: fc.constant('') },
    { weight: 18, arbitrary: fc.constantFrom(...common, ...special).map((mode) => `--job-mode=${mode} `) },
  )
}

function jobRequest(names: readonly string[]): fc.Arbitrary<string> {
  const weights = [40, 20, 16, 5, 5, 5, 2] as const
  const verbs = ['start', 'stop', 'restart', 'try-restart', 'reload', 'reload-or-restart', 'try-reload-or-restart']
  const verb = fc.oneof(...verbs.map((word, at) => ({ weight: weights[at] ?? 1, arbitrary: fc.constant(word) })))
  const many = fc.oneof({ weight: 93, arbitrary: fc.constant(1) }, { weight: 7, arbitrary: fc.constant(2) })
  const block = fc.oneof(
    { weight: 85, arbitrary: fc.constant('') },
    { weight: 15, arbitrary: fc.constant('--no-block ') },
  )
  return verb.chain((word) =>
    fc
      .tuple(modes(word), block, many, fc.shuffledSubarray([...names], { minLength: 1 }))
      .map(
        ([mode, noBlock, count, chosen]) => `systemctl ${noBlock}${mode}${word} ${chosen.slice(0, count).join(' ')}`,
      ),
  )
}

function deed(names: readonly string[]): fc.Arbitrary<string> {
  const services = names.filter((name) => name.endsWith('.service'))
  const targets = names.filter((name) => name.endsWith('.target'))
  const sockets = names.filter((name) => name.endsWith('.socket'))
  const file = fc.constantFrom('/run/flag', '/run/flag', '/run/p1', '/run/p2', '/run/p2/x')
  const kill = fc
    .tuple(fc.constantFrom('KILL', 'TERM', 'INT'), fc.constantFrom(...services))
    .map(([signal, name]) => `systemctl kill -s ${signal} ${name}`)
  const manage = fc.constantFrom('cancel', 'reset-failed', 'daemon-reload').map((verb) => `systemctl ${verb}`)
  const files = fc
    .tuple(fc.constantFrom('touch', 'touch', 'rm', 'mkdir'), file)
    .map(([verb, path]) => `${verb} ${path}`)
  const choices = [
    { weight: 78, arbitrary: jobRequest(names) },
    { weight: 7, arbitrary: kill },
    { weight: 6, arbitrary: manage },
    { weight: 5, arbitrary: files },
  ]
  if (targets.length > 0) {
    choices.push({ weight: 4, arbitrary: fc.constantFrom(...targets).map((name) => `systemctl isolate ${name}`) })
  }
  if (sockets.length > 0) {
    choices.push({ weight: 12, arbitrary: fc.constantFrom(...sockets).map((name) => `connect ${name}`) })
  }
  return fc.oneof(...choices)
}

function timeline(names: readonly string[]): fc.Arbitrary<string> {
  const gap = fc.constantFrom(0.5, 0.5, 0.5, 1, 1, 1.5)
  const first = fc.constantFrom(...names).map((name) => `systemctl start ${name}`)
  const rest = fc.array(fc.tuple(gap, deed(names)), { minLength: 2, maxLength: 9 })
  return fc.tuple(first, rest, fc.constantFrom(2, 3, 4)).map(([start, steps, after]) => {
    const lines = [`0    ${start}`]
    let at = 0
    for (const [wait, text] of steps) {
      at += wait
      lines.push(`${String(at).padEnd(4)} ${text}`)
    }
    return [...lines, `${at + after} end`].join('\n')
  })
}

/** Now and then a unit file has a drop-in, or a target its folder of symlinks. */
function extras({ names }: Cast): fc.Arbitrary<string> {
  const line = fc.constantFrom('After', 'Wants', 'Requires', 'PartOf', 'Conflicts')
  const dropIn = fc
    .tuple(fc.constantFrom(...names), line, fc.constantFrom(...names))
    .map(([name, key, other]) => `-- ${name}.d/more.conf --\n[Unit]\n${key}=${other}\n`)
  const symlink = fc
    .tuple(fc.constantFrom(...names), fc.constantFrom('wants', 'requires'), fc.constantFrom(...names))
    .map(([name, folder, other]) => `-- ${name}.${folder}/${other} --\n`)
  return fc.oneof(
    { weight: 85, arbitrary: fc.constant('') },
    { weight: 8, arbitrary: dropIn },
    { weight: 7, arbitrary: symlink },
  )
}

/** One in so many is for the system manager. */
const manager = fc.oneof(
  { weight: 14, arbitrary: fc.constant('user') },
  { weight: 1, arbitrary: fc.constant('system') },
)

export const story: fc.Arbitrary<Scenario> = cast.chain((of) =>
  fc
    .tuple(manager, fc.tuple(...of.names.map((_, index) => unitText(of, index))), extras(of), timeline(of.names))
    .map(([who, texts, more, actions]) => {
      const sections = withDifferentSpans(of.names.map((name, index) => `-- ${name} --\n${texts[index]}`).join(''))
      return parseScenario(`manager ${who}\n${sections}${more}-- timeline --\n${actions}\n`)
    }),
)

export function stories(seed: number, count: number, manager?: Scenario['manager']): Scenario[] {
  const found = fc.sample(story, { seed, numRuns: count })
  return manager === undefined ? found : found.map((scenario) => ({ ...scenario, manager }))
}
