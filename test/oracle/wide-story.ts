/** Random stories, the other way: every verb and option of the client, in bursts and spread out, for any manager. */

import fc from 'fast-check'
import { parseScenario, type Scenario } from '../../src/systemd/scenario.ts'
import { weighted, withDifferentSpans } from './fuzz-parts.ts'
import { type WideCast, type WideKind, wideUnitText } from './wide-units.ts'

const NAMES = ['web', 'db', 'cache', 'app', 'worker', 'my-api', 'proxy', 'backup', 'app-sync', 'mail']

const kind: fc.Arbitrary<WideKind> = fc.oneof(
  ...(
    [
      [56, 'service'],
      [13, 'target'],
      [9, 'timer'],
      [8, 'socket'],
      [7, 'path'],
      [3, 'slice'],
      [6, 'template'],
      [6, 'mount'],
      [2, 'automount'],
      [1, 'swap'],
    ] as const
  ).map(([weight, value]) => ({ weight, arbitrary: fc.constant<WideKind>(value) })),
)

/** What triggers a unit without naming it has the name of the first service. */
const cast: fc.Arbitrary<WideCast> = fc
  .tuple(fc.array(kind, { minLength: 1, maxLength: 5 }), fc.shuffledSubarray(NAMES, { minLength: 6, maxLength: 6 }))
  .map(([rest, words]) => {
    const kinds: WideKind[] = ['service', ...rest]
    const twin = kinds.findIndex((of) => of === 'timer' || of === 'socket' || of === 'path')
    const mount = kinds.indexOf('mount')
    const automount = kinds.indexOf('automount')
    const wordOf = (index: number): string => words[index === twin ? 0 : index === automount ? mount : index] ?? 'web'
    const names = kinds.map((of, index) => nameOf(of, wordOf(index)))
    return { names, kinds }
  })

/** A mount's name says where, an automount's is that of the first mount. */
function nameOf(of: WideKind, word: string): string {
  if (of === 'mount' || of === 'automount' || of === 'swap') return `run-${word.replaceAll('-', '')}.${of}`
  return of === 'template' ? `${word}@1.service` : `${word}.${of}`
}

const fileOf = (name: string): string => name.replace('@1.', '@.')

const MODES = ['fail', 'replace', 'replace-irreversibly', 'flush', 'ignore-dependencies', 'ignore-requirements']
const SPECIAL_MODES: Readonly<Record<string, readonly string[]>> = {
  start: ['isolate', 'restart-dependencies', 'lenient'],
  stop: ['triggering'],
}

function option(verb: string): fc.Arbitrary<string> {
  const mode = fc.constantFrom(...MODES, ...(SPECIAL_MODES[verb] ?? [])).map((word) => `--job-mode=${word} `)
  return fc.oneof(
    { weight: 66, arbitrary: fc.constant('') },
    { weight: 14, arbitrary: fc.constant('--no-block ') },
    { weight: 15, arbitrary: mode },
    { weight: 2, arbitrary: fc.constantFrom('--fail ', '--irreversible ', '--ignore-dependencies ') },
    { weight: 3, arbitrary: fc.constantFrom('-q ', '--wait ', '--dry-run ') },
  )
}

const verbs = weighted(
  ...([
    [32, 'start'],
    [20, 'stop'],
    [16, 'restart'],
    [5, 'try-restart'],
    [6, 'reload'],
    [6, 'reload-or-restart'],
  ] as const),
  ...([
    [3, 'try-reload-or-restart'],
    [1, 'condrestart'],
    [1, 'force-reload'],
    [1, 'condstop'],
  ] as const),
)

function jobRequest(names: readonly string[]): fc.Arbitrary<string> {
  const count = fc.oneof(...[1, 1, 1, 1, 1, 1, 2, 3].map((many) => fc.constant(many)))
  return verbs.chain((verb) =>
    fc
      .tuple(option(verb), count, fc.shuffledSubarray([...names], { minLength: 1 }), fc.integer({ min: 0, max: 19 }))
      .map(([words, many, chosen, short]) => {
        const named = chosen.slice(0, many).map((name) => (short === 0 ? name.replace(/\.service$/, '') : name))
        return `systemctl ${words}${verb} ${named.join(' ')}`
      }),
  )
}

function otherVerb(names: readonly string[]): fc.Arbitrary<string> {
  const services = names.filter((name) => name.endsWith('.service'))
  const signals = ['KILL', 'TERM', 'INT', 'HUP', 'SIGUSR1', 'STOP', 'CONT', 'ABRT']
  return fc.oneof(
    {
      weight: 7,
      arbitrary: fc
        .tuple(
          fc.constantFrom('', '--kill-who=main ', '--kill-who=control '),
          fc.constantFrom(...signals),
          fc.constantFrom(...services),
        )
        .map(([whom, signal, name]) => `systemctl kill ${whom}-s ${signal} ${name}`),
    },
    { weight: 4, arbitrary: fc.constantFrom('', ...names).map((name) => `systemctl reset-failed ${name}`.trimEnd()) },
    { weight: 3, arbitrary: fc.constant('systemctl cancel') },
    { weight: 3, arbitrary: fc.constant('systemctl daemon-reload') },
    { weight: 1, arbitrary: fc.constant('systemctl daemon-reexec') },
    { weight: 2, arbitrary: fc.constantFrom(...names).map((name) => `systemctl is-active ${name}`) },
    { weight: 1, arbitrary: fc.constantFrom(...services).map((name) => `systemctl freeze ${name}`) },
    { weight: 4, arbitrary: linkVerb(names) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(...services)
        .map((name) => `systemctl stop '${name.slice(0, 2)}*'`.replaceAll("'", '')),
    },
  )
}

/** What is linked changes with the next reload, which the client asks for by itself. */
function linkVerb(names: readonly string[]): fc.Arbitrary<string> {
  const verb = fc.constantFrom('enable', 'disable', 'mask', 'unmask', 'reenable', 'is-enabled')
  const options = fc.constantFrom('', '', '--now ', '--runtime ', '--no-reload ')
  return fc.tuple(verb, options, fc.constantFrom(...names, 'nowhere.service')).map(([word, option, name]) => {
    const fits = word !== 'is-enabled' && (option !== '--now ' || ['enable', 'disable', 'mask'].includes(word))
    return `systemctl ${fits ? option : ''}${word} ${name}`
  })
}

function deed(names: readonly string[]): fc.Arbitrary<string> {
  const targets = names.filter((name) => name.endsWith('.target'))
  const sockets = names.filter((name) => name.endsWith('.socket'))
  const paths = names.some((name) => name.endsWith('.path'))
  const mounts = names.filter((name) => /mount$/.test(name)).map((name) => `/run/${name.replace(/^run-|\..*/g, '')}/x`)
  const file = fc.constantFrom('/run/flag', '/run/flag', '/run/spool/x', '/run/spool', ...mounts, ...mounts)
  const touching = fc
    .tuple(fc.constantFrom('touch', 'touch', 'rm', 'mkdir'), file)
    .map(([verb, path]) => `${verb} ${path}`)
  const none: { weight: number; arbitrary: fc.Arbitrary<string> }[] = []
  return fc.oneof(
    { weight: 74, arbitrary: jobRequest(names) },
    { weight: 14, arbitrary: otherVerb(names) },
    { weight: paths || mounts.length > 0 ? 25 : 4, arbitrary: touching },
    ...(targets.length > 0 ? [{ weight: 6, arbitrary: isolate(targets) }] : none),
    ...(sockets.length > 0
      ? [{ weight: 20, arbitrary: fc.constantFrom(...sockets).map((name) => `connect ${name}`) }]
      : none),
  )
}

const isolate = (targets: readonly string[]): fc.Arbitrary<string> =>
  fc.constantFrom(...targets).map((name) => `systemctl isolate ${name}`)

/** In a burst, things are asked for at one moment, or nearly so. */
const GAPS = { spread: [0.5, 0.6, 0.7, 0.8, 1, 1.2, 1.5, 2, 2.5], burst: [0, 0, 0.05, 0.5, 1, 2] } as const

function timeline(names: readonly string[]): fc.Arbitrary<string> {
  const pace = weighted([85, 'spread'], [15, 'burst']) as fc.Arbitrary<keyof typeof GAPS>
  return pace.chain((word) => {
    const steps = fc.array(fc.tuple(fc.constantFrom(...GAPS[word]), deed(names)), { minLength: 2, maxLength: 9 })
    const first = fc.constantFrom(...names).map((name) => `systemctl start ${name}`)
    return fc.tuple(first, steps, fc.constantFrom(1.5, 2, 3, 4)).map(([start, rest, after]) => {
      const lines = [`0    ${start}`]
      let at = 0
      for (const [wait, text] of rest) {
        at = Math.round((at + wait) * 100) / 100
        lines.push(`${String(at).padEnd(4)} ${text}`)
      }
      return [...lines, `${Math.round((at + after) * 100) / 100} end`].join('\n')
    })
  })
}

function extras({ names }: WideCast): fc.Arbitrary<string> {
  const key = fc.constantFrom('After', 'Wants', 'Requires', 'BindsTo', 'Conflicts')
  const name = fc.constantFrom(...names)
  const dropIn = fc
    .tuple(name, key, name)
    .map(([of, word, other]) => `-- ${fileOf(of)}.d/10-more.conf --\n[Unit]\n${word}=${other}\n`)
  const typeDropIn = fc.constantFrom(
    'TimeoutStopSec=1',
    'Restart=on-failure',
    'KillMode=mixed',
    'ExecStopPost=/bin/true',
  )
  const symlink = fc
    .tuple(name, fc.constantFrom('wants', 'requires', 'upholds'), name)
    .map(([of, folder, other]) => `-- ${of}.${folder}/${other} --\n`)
  return fc.oneof(
    { weight: 72, arbitrary: fc.constant('') },
    { weight: 8, arbitrary: dropIn },
    { weight: 8, arbitrary: symlink },
    { weight: 3, arbitrary: typeDropIn.map((line) => `-- service.d/all.conf --\n[Service]\n${line}\n`) },
    { weight: 3, arbitrary: name.map((of) => `-- ${of}.wants/masked.service --\n-- masked.service --\n`) },
  )
}

const manager = weighted([75, 'user'], [25, 'system'])

const story: fc.Arbitrary<Scenario> = cast.chain((of) =>
  fc
    .tuple(manager, fc.tuple(...of.names.map((_, index) => wideUnitText(of, index))), extras(of), timeline(of.names))
    .map(([who, texts, more, actions]) => {
      const sections = of.names.map((name, index) => `-- ${fileOf(name)} --\n${texts[index]}`).join('')
      return parseScenario(`manager ${who}\n${withDifferentSpans(sections)}${more}-- timeline --\n${actions}\n`)
    }),
)

export function wideStories(seed: number, count: number): Scenario[] {
  return fc.sample(story, { seed, numRuns: count })
}
