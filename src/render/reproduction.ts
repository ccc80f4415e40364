/**
 * A story as a shell script that plays it on a real systemd: in a service manager of its own, which has no other units
 * and no other programs than stand-ins, and with the lines about jobs that a journal does not have by default.
 */

import type { Action, Scenario, ScenarioFile, SystemctlDeed } from '../systemd/scenario.ts'
import { isUnitSymlink, processRulesOf, unitOfFile } from '../systemd/scenario.ts'
import { type Assignment, parseUnitFile, unitTypeOfFile } from '../systemd/unit-file.ts'
import { HEAD, KEPT, TAIL } from './reproduction.table.ts'
import { standIn } from './stand-in.ts'

export type Reproduction = { readonly script: string } | { readonly refused: string }

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
