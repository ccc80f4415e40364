/**
 * systemctl's words for jobs: what a log shows typed is read by them, and what a story types. Mirrors src/systemctl/
 * (v252 to v262).
 */

import type { JobMode } from './job.ts'

/** What EnqueueUnitJob is asked for. */
export type RequestType =
  | 'start'
  | 'stop'
  | 'reload'
  | 'restart'
  | 'try-restart'
  | 'reload-or-restart'
  | 'reload-or-try-restart'

/** Mirrors unit_actions[] and verb_to_job_type(): the verbs that ask for a job, and what they ask for. */
export const JOB_VERBS: ReadonlyMap<string, RequestType> = new Map([
  ['start', 'start'],
  ['stop', 'stop'],
  ['condstop', 'stop'],
  ['reload', 'reload'],
  ['restart', 'restart'],
  ['try-restart', 'try-restart'],
  ['condrestart', 'try-restart'],
  ['reload-or-restart', 'reload-or-restart'],
  ['try-reload-or-restart', 'reload-or-try-restart'],
  ['reload-or-try-restart', 'reload-or-try-restart'],
  ['condreload', 'reload-or-try-restart'],
  ['force-reload', 'reload-or-try-restart'],
  ['isolate', 'start'],
])

type Action = readonly [target: string, mode: JobMode]

const action = (verb: string, mode: JobMode): [string, Action] => [verb, [`${verb}.target`, mode]]

/** Mirrors action_table[]: the verbs that start a target of their own. */
export const ACTION_VERBS: ReadonlyMap<string, Action> = new Map([
  ...['rescue', 'emergency', 'default'].map((verb) => action(verb, 'isolate')),
  ...['halt', 'poweroff', 'reboot', 'kexec', 'soft-reboot', 'exit'].map((verb) => action(verb, 'replace-irreversibly')),
  ...['suspend', 'hibernate', 'hybrid-sleep', 'suspend-then-hibernate'].map((verb) =>
    action(verb, 'replace-irreversibly'),
  ),
])

/** Options that are short for one of --job-mode's values. */
export const MODE_OPTIONS: ReadonlyMap<string, JobMode> = new Map([
  ['--fail', 'fail'],
  ['--irreversible', 'replace-irreversibly'],
  ['--ignore-dependencies', 'ignore-dependencies'],
])

/** Options that take the next word if they have no value of their own. Long ones may also be written with '='. */
export const OPTIONS_WITH_VALUE: readonly string[] = [
  ...['-H', '-M', '-P', '-n', '-o', '-p', '-s', '-t', '--check-inhibitors', '--drop-in', '--host', '--image'],
  ...['--job-mode', '--kill-value', '--kill-who', '--kill-whom', '--legend', '--lines', '--machine', '--message'],
  ...['--output', '--preset-mode', '--property', '--root', '--signal', '--state', '--timestamp', '--type', '--what'],
  ...['--when'],
]

/** Mirrors the rest of systemctl_parse_argv()'s options, as of v262. */
const PLAIN_OPTIONS =
  '--help --version --all --reverse --after --before --show-types --value --fail --irreversible ' +
  '--ignore-dependencies --ignore-inhibitors --no-legend --no-pager --no-wall --no-warn --dry-run --quiet --verbose ' +
  '--wait --no-block --system --user --global --runtime --show-transaction --full --failed --force --no-reload ' +
  '--no-ask-password --recursive --plain --now --mkdir --marked --read-only --firmware-setup --stdin ' +
  '--boot-loader-menu --boot-loader-entry --reboot-argument --image-policy --with-dependencies --kill-subgroup'
const LONG_OPTIONS: readonly string[] = [...PLAIN_OPTIONS.split(' '), ...OPTIONS_WITH_VALUE]
/** The letters that stand alone, and those that take the rest of the word. */
const LETTERS = /^-[halqvfrTi]*(?:$|[tpPHMnosC])/

/** The option that systemctl does not have; null if all is well. A long one may be cut short. */
export function unknownOption(flag: string): string | null {
  const name = flag.split('=', 1)[0] as string
  if (flag.startsWith('--')) return LONG_OPTIONS.some((option) => option.startsWith(name)) ? null : name
  return LETTERS.test(flag) ? null : `-${flag.replace(/^-[halqvfrTi]*/, '')[0]}`
}
