/**
 * What systemctl thinks of a verb and of how many words follow it, before it does anything. Mirrors dispatch_verb(),
 * src/shared/verbs.c, and systemctl_main() (v252 to v262).
 */

import type { Features } from '../systemd/features.ts'
import type { SystemctlDeed } from '../systemd/scenario.ts'
import type { Manager } from './manager.ts'

type Arity = readonly [least: number, most: number]

const ANY = Number.POSITIVE_INFINITY

const ARITIES: readonly (readonly [arity: Arity, verbs: string])[] = [
  [
    [0, ANY],
    'list-units list-unit-files list-automounts list-sockets list-timers list-jobs list-machines cancel ' +
      'reload-or-restart show status help import-environment reset-failed list-dependencies',
  ],
  [
    [1, ANY],
    'start stop condstop reload restart try-restart reload-or-try-restart try-reload-or-restart force-reload ' +
      'condreload condrestart kill clean freeze thaw is-active check is-failed cat set-environment unset-environment ' +
      'enable disable is-enabled reenable preset mask unmask link revert switch-root edit',
  ],
  [
    [0, 0],
    'clear-jobs daemon-reload daemon-reexec show-environment halt poweroff kexec suspend hibernate hybrid-sleep ' +
      'suspend-then-hibernate default rescue emergency preset-all get-default is-system-running',
  ],
  [[0, 1], 'log-level log-target service-watchdogs reboot exit'],
  [[1, 1], 'isolate set-default'],
  [[1, 2], 'service-log-level service-log-target'],
  [[2, 3], 'bind'],
  [[3, 4], 'mount-image'],
  [[2, ANY], 'set-property add-wants add-requires'],
]

const VERBS: ReadonlyMap<string, Arity> = new Map(
  ARITIES.flatMap(([arity, verbs]) => verbs.split(' ').map((verb) => [verb, arity] as const)),
)
/** What came, or takes other words, with some release. */
const SINCE_254: ReadonlyMap<string, Arity> = new Map([
  ['list-paths', [0, ANY]],
  ['soft-reboot', [0, 0]],
  ['reboot', [0, 0]],
  ['switch-root', [0, ANY]],
  ['whoami', [0, ANY]],
])
const SINCE_255: ReadonlyMap<string, Arity> = new Map([['is-failed', [0, ANY]]])
const SINCE_256: ReadonlyMap<string, Arity> = new Map([['sleep', [0, 0]]])
const SINCE_260: ReadonlyMap<string, Arity> = new Map([['enqueue-marked', [0, 0]]])

const known = new WeakMap<Features, ReadonlyMap<string, Arity>>()

/** Put together once for each release. */
function verbsOf({ features }: Manager): ReadonlyMap<string, Arity> {
  const verbs = known.get(features) ?? verbsWith(features)
  known.set(features, verbs)
  return verbs
}

const verbsWith = (features: Features): ReadonlyMap<string, Arity> =>
  new Map([
    ...VERBS,
    ...(features.clientRebootsSoftly ? SINCE_254 : []),
    ...(features.clientAsksWhetherAnyFailed ? SINCE_255 : []),
    ...(features.clientSleeps ? SINCE_256 : []),
    ...(features.marksStartAndStop ? SINCE_260 : []),
  ])

/** The verbs of start_system_special(): only the whole machine can be brought there. */
const OF_THE_SYSTEM: ReadonlySet<string> = new Set(
  (
    'halt poweroff reboot kexec soft-reboot rescue emergency ' +
    'sleep suspend hibernate hybrid-sleep suspend-then-hibernate'
  ).split(' '),
)

/** The complaint; null if there is none. */
export function misusedVerb(m: Manager, { verb, units }: SystemctlDeed): string | null {
  const verbs = verbsOf(m)
  const arity = verbs.get(verb)
  if (arity === undefined) return unknownVerb(m, verb, [...verbs.keys()])
  const [least, most] = arity
  if (units.length < least) return 'Too few arguments.'
  if (units.length > most) return 'Too many arguments.'
  return m.kind === 'user' && OF_THE_SYSTEM.has(verb) ? 'Bad action for --user mode.' : null
}

function unknownVerb({ features }: Manager, verb: string, verbs: readonly string[]): string {
  if (!features.clientGuessesVerb) return `Unknown command verb ${verb}.`
  const meant = strvFindClosest(verbs, verb)
  return `Unknown command verb '${verb}'${meant === undefined ? '.' : `, did you mean '${meant}'?`}`
}

/** Mirrors strv_find_closest(), src/basic/strv.c. Differs: of those that are equally close, another may be named. */
function strvFindClosest(verbs: readonly string[], verb: string): string | undefined {
  const begun = verbs.filter((one) => one.startsWith(verb)).sort((a, b) => a.length - b.length)
  if (begun.length > 0) return begun[0]
  const near = verbs
    .map((one) => ({ one, distance: strlevenshtein(one, verb) }))
    .filter(({ distance }) => distance <= 5)
  return near.sort((a, b) => a.distance - b.distance)[0]?.one
}

/** Mirrors strlevenshtein(), src/basic/string-util.c: two letters changed about count as one mistake. */
function strlevenshtein(x: string, y: string): number {
  let [before, last] = [new Array<number>(y.length + 1).fill(0), Array.from({ length: y.length + 1 }, (_, i) => i)]
  for (let i = 0; i < x.length; i++) {
    const row = [i + 1]
    for (let j = 0; j < y.length; j++) {
      const swapped = i > 0 && j > 0 && x[i - 1] === y[j] && x[i] === y[j - 1]
      row.push(
        Math.min(
          (last[j] ?? 0) + (x[i] === y[j] ? 0 : 1),
          (last[j + 1] ?? 0) + 1,
          (row[j] ?? 0) + 1,
          swapped ? (before[j - 1] ?? 0) + 1 : ANY,
        ),
      )
    }
    ;[before, last] = [last, row]
  }
  return last[y.length] ?? 0
}
