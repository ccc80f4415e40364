// What `systemd --test` prints of its units, as far as the loader answers for it.

export interface UnitRecord {
  readonly loadState: string
  /** `TYPE NAME`, sorted, of what the unit's own files and type bring along. */
  readonly dependencies: readonly string[]
  /** Lines `Key: value` of the dump. */
  readonly settings: Readonly<Record<string, string>>
  /** `SETTING argv…` of each command, one line each. */
  readonly commands: readonly string[]
  /** `<LEVEL> text` of what was said while loading it. */
  readonly messages: readonly string[]
}

export type Recording = Record<number, Record<string, UnitRecord>>

const DEPENDENCY = /^(\w+): (.+) \(((?:origin|destination)-.*)\)$/
const NOT_OURS = new Set(['References', 'ReferencedBy', 'InSlice', 'SliceOf', 'Following'])

/** Settings whose value is the same with every loading, and that compare.ts knows. */
const SETTINGS: ReadonlySet<string> = new Set([
  'Failure Action',
  'Success Action',
  'Garbage Collection Mode',
  ...(
    'Description Slice StopWhenUnneeded RefuseManualStart RefuseManualStop DefaultDependencies OnSuccessJobMode ' +
    'OnFailureJobMode IgnoreOnIsolate JobTimeoutSec JobRunningTimeoutSec Type Restart RestartSec RemainAfterExit ' +
    'GuessMainPID NotifyAccess OOMPolicy TimeoutStartSec TimeoutStopSec TimeoutStartFailureMode ' +
    'TimeoutStopFailureMode RuntimeMaxSec WatchdogSec PIDFile BusName KillMode KillSignal RestartKillSignal ' +
    'FinalKillSignal SendSIGKILL SendSIGHUP TriggerLimitIntervalSec TriggerLimitBurst FlushPending TimeoutSec Unit ' +
    'OnClockChange OnTimezoneChange Persistent RemainAfterElapse AccuracySec MakeDirectory'
  ).split(' '),
])

export function parseDump(
  dump: string,
  log: string,
  units: readonly string[],
  folder: string,
): Record<string, UnitRecord> {
  const found: Record<string, UnitRecord> = {}
  const said = parseLog(log, folder)
  for (const block of dump.split(/^\t?(?:->|→) Unit /m).slice(1)) {
    const [head = '', ...lines] = block.split('\n')
    const name = head.replace(/:$/, '')
    if (units.includes(name)) found[name] = parseUnit(name, lines, said)
  }
  return found
}

interface Said {
  readonly level: string
  /** The unit, or the file and line. */
  readonly about: string
  readonly text: string
}

function parseLog(log: string, folder: string): Said[] {
  return log.split('\n').flatMap((line) => {
    const match = /^<(\d+)>(?:systemd\[\d+\]: )?(\S+?): (.*)$/.exec(line)
    const [, level = '', about = '', text = ''] = match ?? []
    // Said while the transaction was made, not while loading.
    if (/^Cannot add dependency job|not running as root\.$/.test(text)) return []
    return match === null
      ? []
      : [{ level: String(Number(level) % 8), about: about.replace(folder, ''), text: text.replaceAll(folder, '') }]
  })
}

function parseUnit(name: string, lines: readonly string[], said: readonly Said[]): UnitRecord {
  const settings: Record<string, string> = {}
  const dependencies: string[] = []
  const commands: string[] = []
  let setting = ''
  for (const raw of lines) {
    const line = raw.replace(/^\t\t/, '')
    const command = /^\t*(?:(?:->|→) )?(Exec\w+):$/.exec(line)
    const argv = /^\t+Command Line: (.*)$/.exec(line)
    if (command !== null) setting = command[1] ?? ''
    else if (argv !== null) commands.push(`${setting} ${argv[1]}`)
    else if (DEPENDENCY.test(line)) addDependency(name, line, dependencies)
    else {
      const [, key = '', value = ''] = /^([\w ]+?): (.*)$/.exec(line) ?? []
      if (SETTINGS.has(key)) settings[key] = value
    }
  }
  const loadState = /^\t\tUnit Load State: (\S+)/m.exec(lines.join('\n'))?.[1] ?? '?'
  const own = said.filter(({ about }) => isAbout(about, name))
  const messages = own.map(({ level, about, text }) => `<${level}> ${about === name ? '' : `${about}: `}${text}`)
  return { loadState, dependencies: dependencies.sort(), settings, commands, messages }
}

/** Only what the unit itself brings: not what others say of it, nor what is there because of the machine's mounts. */
function addDependency(unit: string, line: string, dependencies: string[]): void {
  const [, type = '', other = '', origins = ''] = DEPENDENCY.exec(line) ?? []
  if (NOT_OURS.has(type)) return
  const own = origins.split(' ').filter((origin) => /^origin-(?:file|implicit|default|mount-file)$/.test(origin))
  // A target's order after what it pulls in takes two units, hence is not the loader's to know.
  if (unit.endsWith('.target') && type === 'After' && own.every((origin) => origin === 'origin-default')) return
  if (own.length > 0) dependencies.push(`${type} ${other}`)
}

function isAbout(about: string, unit: string): boolean {
  if (about === unit) return true
  const file = about.replace(/:\d+$/, '')
  if (file === about) return false
  const template = unit.replace(/@[^.]*\./, '@.')
  return file === unit || file === template || file.startsWith(`${unit}.d/`) || file.startsWith(`${template}.d/`)
}
