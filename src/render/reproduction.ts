/**
 * A story as a shell script that plays it on a real systemd: in a service manager of its own, which has no other units
 * and no other programs than stand-ins, and with the lines about jobs that a journal does not have by default.
 */

import type { Action, Scenario, ScenarioFile, SystemctlDeed } from '../systemd/scenario.ts'
import { isUnitSymlink, processRulesOf, unitOfFile } from '../systemd/scenario.ts'
import { type Assignment, parseUnitFile, unitTypeOfFile } from '../systemd/unit-file.ts'
import { standIn } from './stand-in.ts'

export type Reproduction = { readonly script: string } | { readonly refused: string }

/** The rest would have an effect outside: users, directories, limits, what happens to the machine. */
const KEPT: Readonly<Record<string, string>> = {
  Unit: `Description Requires Requisite Wants BindsTo Upholds Conflicts Before After OnFailure OnSuccess PartOf
    PropagatesReloadTo ReloadPropagatedFrom PropagatesStopTo StopPropagatedFrom StopWhenUnneeded RefuseManualStart
    RefuseManualStop AllowIsolate DefaultDependencies OnFailureJobMode OnSuccessJobMode IgnoreOnIsolate JobTimeoutSec
    JobRunningTimeoutSec StartLimitInterval StartLimitIntervalSec StartLimitBurst CollectMode`,
  Service: `Type ExitType ExecCondition ExecStartPre ExecStart ExecStartPost ExecReload ExecStop ExecStopPost
    RemainAfterExit GuessMainPID Restart RestartSec RestartSteps RestartMaxDelaySec RestartMode
    RestartPreventExitStatus RestartForceExitStatus SuccessExitStatus TimeoutSec TimeoutStartSec TimeoutStopSec
    TimeoutAbortSec TimeoutStartFailureMode TimeoutStopFailureMode RuntimeMaxSec StartLimitInterval StartLimitBurst
    KillMode KillSignal FinalKillSignal RestartKillSignal SendSIGKILL SendSIGHUP`,
  Socket: `Accept Service MaxConnections FlushPending TriggerLimitIntervalSec TriggerLimitBurst TimeoutSec`,
  Timer: `OnCalendar OnActiveSec OnBootSec OnStartupSec OnUnitActiveSec OnUnitInactiveSec RemainAfterElapse Unit
    AccuracySec`,
  Path: `PathExists PathExistsGlob PathChanged PathModified DirectoryNotEmpty MakeDirectory Unit
    TriggerLimitIntervalSec TriggerLimitBurst`,
}
const kept = (section: string, key: string): boolean => (KEPT[section] ?? '').split(/\s+/).includes(key)

/** Files of the story lie below the manager's own runtime directory. */
const IN_STORY = '%t/story'
const OF_FILES =
  /^(?:Condition|Assert)(?:PathExists|PathExistsGlob|PathIsDirectory|DirectoryNotEmpty|FileNotEmpty|PathIsSymbolicLink)$/

const TYPES = ['service', 'socket', 'timer', 'path', 'target', 'slice']
const VERBS = `start stop restart try-restart reload reload-or-restart try-reload-or-restart isolate cancel kill
  reset-failed daemon-reload daemon-reexec`.split(/\s+/)
const FLAGS = ['--wait', '--quiet', '-q', '--show-transaction', '-T', '--all', '--user']
const NAME = /^(?![-.])[\w:.@\\-]{1,255}(?:\/(?![-.])[\w:.@\\-]{1,255})?$/
const WORD = /^(?!.*\.\.)[\w:.@\\=/-]{1,255}$/

export function reproduction(scenario: Scenario): Reproduction {
  const refused = whyNot(scenario)
  if (refused !== null) return { refused }
  const files = scenario.files.map((file) => safe(file, scenario))
  return { script: script(files, stock(scenario), scenario.timeline) }
}

function whyNot({ files, timeline }: Scenario): string | null {
  if (timeline.length === 0) return 'There is no story to play.'
  for (const { name } of files) {
    if (!NAME.test(name)) return `${name} is a name that a script had better not have.`
    if (!isUnitSymlink(name) && !TYPES.includes(unitTypeOfFile(name) ?? '')) {
      return `It has ${name}, which a manager without privileges cannot have: play it with \`whyjob simulate\`.`
    }
  }
  for (const action of timeline) {
    if (!action.text.split(/\s+/).every((word) => WORD.test(word))) return `${action.text} is not safe in a script.`
    if (action.kind !== 'systemctl') continue
    const beyond = VERBS.includes(action.verb) ? action.flags.find((flag) => !FLAGS.includes(flag)) : action.verb
    if (beyond !== undefined) return `It has systemctl ${beyond}, which would reach beyond the story.`
  }
  return null
}

const BASE = ['basic', 'shutdown', 'sysinit', 'default', 'sockets', 'timers', 'paths']

/** Targets that the story takes for granted. */
function stock({ files, timeline }: Scenario): string[] {
  const words = [...files.map(({ text }) => text), ...timeline.map(({ text }) => text)].join('\n')
  const named = [...words.matchAll(/(?<![\w@.\\-])[\w-]{1,80}\.target\b/g)].map(([name]) => name)
  const targets = new Set([...BASE.map((name) => `${name}.target`), ...named])
  for (const { name } of files) targets.delete(name)
  return [...targets].sort()
}

function safe({ name, text }: ScenarioFile, scenario: Scenario): ScenarioFile {
  if (isUnitSymlink(name) && text.trim() === '') return { name, text: '' }
  const { assignments } = parseUnitFile(text, { file: name })
  const unit = unitOfFile(name)
  const kind = assignments.findLast(({ key, section }) => section === 'Service' && key === 'Type')?.value ?? ''
  const seen = new Map<string, number>()
  const lines: string[] = []
  let section = ''
  for (const one of assignments) {
    const nth = (seen.get(one.key) ?? 0) + 1
    seen.set(one.key, nth)
    const rules = processRulesOf(scenario, unit, one.key, nth)
    const line = setting(one, (value) => standIn(value, one.key, kind, rules), unit)
    if (line === null) continue
    if (one.section !== section) lines.push(`[${one.section}]`)
    section = one.section
    lines.push(line)
  }
  if (kind.startsWith('notify')) lines.push('[Service]', 'NotifyAccess=all')
  return { name, text: lines.map((line) => `${line}\n`).join('') }
}

function setting({ section, key, value }: Assignment, stoodIn: (value: string) => string, unit: string): string | null {
  const line = value.replace(/[\p{Cc}]/gu, ' ')
  if (section === 'Socket' && key.startsWith('Listen')) {
    return `${key === 'ListenDatagram' ? key : 'ListenStream'}=%t/${unit.replace(/[^\w.-]/g, '-')}`
  }
  if (section === 'Unit' && OF_FILES.test(key)) return `${key}=${line.replace(/^([|!]*)(?=\/)/, `$1${IN_STORY}`)}`
  if (!kept(section, key)) return null
  if (key.startsWith('Exec')) return `${key}=${stoodIn(line)}`
  // A bus is not there to wait for.
  if (key === 'Type') return `${key}=${line === 'dbus' ? 'simple' : line}`
  // The machine's boot was long ago.
  if (key === 'OnBootSec') return `OnStartupSec=${line}`
  return `${key}=${section === 'Path' ? line.replace(/^(?=\/)/, IN_STORY) : line}`
}

function script(files: readonly ScenarioFile[], targets: readonly string[], timeline: readonly Action[]): string {
  const folders = [...new Set(files.flatMap(({ name }) => (name.includes('/') ? [name.split('/')[0]] : [])))]
  const written = files.map(({ name, text }) => {
    if (text === '' && isUnitSymlink(name)) return `ln -s '../${name.split('/')[1]}' "$units/"'${name}'\n`
    return `cat > "$units/"'${name}' <<'end-of-unit'\n${text}end-of-unit\n`
  })
  let now = 0
  const acts = timeline.map((action) => {
    const wait = action.atUsec - now
    now = action.atUsec
    return `${wait === 0 ? '' : `sleep ${wait / 1e6}\n`}${actOf(action)}`
  })
  return `${HEAD}
for target in ${targets.join(' ')}; do
  printf '[Unit]\\nDefaultDependencies=no\\nAllowIsolate=yes\\n' > "$units/$target"
done
${folders.map((folder) => `mkdir "$units/"'${folder}'\n`).join('')}${written.join('')}
up
${acts.join('\n')}
${TAIL}`
}

function actOf(action: Action): string {
  switch (action.kind) {
    case 'systemctl':
      return `ask ${wordsOf(action).map(quoted).join(' ')}`
    case 'connect':
      return `call ${quoted(action.unit.replace(/[^\w.-]/g, '-'))}`
    case 'end':
      return ''
    default:
      return `${DEEDS[action.kind]} "$XDG_RUNTIME_DIR/story"${quoted(`/${action.path.replace(/^\/+/, '')}`)}`
  }
}

const wordsOf = ({ noBlock, jobMode, signal, flags, verb, units }: SystemctlDeed): string[] => [
  ...(noBlock ? ['--no-block'] : []),
  ...(jobMode === null ? [] : [`--job-mode=${jobMode}`]),
  ...(signal === null ? [] : [`--signal=${signal}`]),
  ...flags.filter((flag) => flag !== '--user'),
  verb,
  ...units,
]

const DEEDS = { touch: 'make', rm: 'rm -rf', mkdir: 'mkdir -p' } as const

const quoted = (word: string): string => (/^[\w./:@=-]+$/.test(word) ? word : `'${word}'`)

const HEAD = `#!/bin/sh
# Plays a story of systemd jobs on the systemd of this machine, in a service manager of its own: none of the machine's
# units are touched, every program is a stand-in, and all files lie in a folder that is removed at the end.
if [ ! -f "$0" ]; then
  echo 'save it as a file, and run that: sh FILE' >&2
  exit 2
fi
if [ "${'$'}{WHYJOB_INSIDE:-}" != yes ]; then
  [ "$(id -u)" = 0 ] || user=--user
  scope=whyjob-$$.scope
  trap 'systemctl $user kill --signal=KILL "$scope" 2>/dev/null' EXIT
  WHYJOB_INSIDE=yes systemd-run $user --scope --quiet --unit="$scope" -p Delegate=yes /bin/sh "$0"
  exit
fi
set -u
folder=$(mktemp -d)
units=$folder/units
mkdir "$units" "$folder/run" "$folder/run/story"
unset DBUS_SESSION_BUS_ADDRESS NOTIFY_SOCKET LISTEN_FDS LISTEN_PID WATCHDOG_USEC
export XDG_RUNTIME_DIR="$folder/run" SYSTEMD_UNIT_PATH="$units" SYSTEMD_PAGER=cat LC_ALL=C

down() {
  kill -KILL "$manager" 2>/dev/null
  rm -rf "$folder"
}

up() {
  for at in /usr/lib/systemd/systemd /lib/systemd/systemd; do [ -x "$at" ] && break; done
  SYSTEMD_LOG_LEVEL=debug SYSTEMD_LOG_TARGET=journal "$at" --user --unit=default.target >"$folder/log" 2>&1 &
  manager=$!
  trap down EXIT
  trap 'exit 1' INT TERM
  tries=0
  while [ "$tries" -lt 60 ]; do
    systemctl --user is-active --quiet default.target 2>/dev/null && return
    tries=$((tries + 1))
    sleep 0.5
  done
  echo 'the manager does not come up:' >&2
  tail -n 5 "$folder/log" >&2
  exit 1
}

ask() {
  echo "$ systemctl --user $*"
  { systemctl --user "$@" 2>&1; echo "exit status $?: systemctl $*"; } | sed 's/^/    /' &
}

call() {
  echo "$ a client connects to $1"
  curl --silent --max-time 1 --unix-socket "$XDG_RUNTIME_DIR/$1" http://story/ >/dev/null
}

make() {
  mkdir -p "${'$'}{1%/*}" && : >"$1"
}
`

const TAIL = `
echo
echo 'What the manager did about jobs, as no journal says unless debug messages are on:'
journalctl --quiet --output=short-precise _PID="$manager" |
  grep -E 'Trying to enqueue job|Installed new job|Merged|re-running|Converting job|finished, result=' ||
  echo 'The journal does not show them to you. As root, or in the group systemd-journal, it does.'
`
