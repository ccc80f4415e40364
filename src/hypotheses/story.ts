/** A rule's story with its variables bound, as a scenario that the simulator plays and anyone can replay. */

import { factsOf } from '../evidence/fact.ts'
import { onceFor } from '../evidence/once-for.ts'
import type { Situation } from '../graph/assemble.ts'
import { hasFile } from '../graph/units.ts'
import type { DependencyType } from '../systemd/atoms.ts'
import type { Scenario, ScenarioFile } from '../systemd/scenario.ts'
import { isUnitFile, parseTimeline, unitOfFile } from '../systemd/scenario.ts'
import { isStockUnit } from '../systemd/stock-units.ts'
import { parseUnitName, templateOf, triggeredByDefault, unescapePath, unitTypeOf } from '../systemd/unit.ts'
import { neededFiles } from './needed-files.ts'
import type { Bindings } from './pattern.ts'
import { substitute } from './pattern.ts'
import type { StoryTemplate } from './rule.ts'
import { inlineScripts, momentaryCommands, readySoon, serviceStub } from './stand-ins.ts'

export interface Story {
  readonly scenario: Scenario
  /** `UNIT EVENT` lines that have to come out. */
  readonly expect: readonly string[]
  /** What the paste does not show and the story needs. */
  readonly assumes: readonly string[]
}

export interface StoryOptions {
  /** Adds what makes the jobs of `slow` take their time. */
  readonly slow: boolean
}

const SLOW_SEC = 6

/** Times of the timeline are the rule's own: zero is when the first unit is brought up. */
export function tellStory(template: StoryTemplate, bound: Bindings, s: Situation, options: StoryOptions): Story {
  const assumes: string[] = []
  const files = new Map<string, ScenarioFile>()
  addPastedFiles(s, files)
  const timeline = [...keepNeeded(template, bound, files, assumes), ...timelineOf(template, bound)]
  const absent = template.absent === undefined ? '' : substitute(template.absent, bound)
  const wanted = unitsIn(timeline, template, bound).filter((name) => name !== absent)
  for (const [name, text] of Object.entries(template.files ?? {})) addTemplateFile(files, name, text, bound, assumes)
  leaveOutUnneeded(files, wanted, s)
  for (const name of wanted) addStub(files, name, s, assumes, shownDependencies(s, name, wanted))
  addReferredStubs(files, s)
  files.delete(absent)
  completeServices(files, assumes)
  inlineScripts(s, files, assumes)
  readySoon(files, assumes)
  clearConditions(files, assumes)
  if (options.slow) for (const slow of template.slow ?? []) makeSlow(files, slow, bound, assumes)
  const scenario: Scenario = {
    comments: [],
    manager: s.manager,
    systemd: s.systemd.version,
    headers: {},
    files: [...files.values()],
    timeline: parseTimeline(timeline),
    processes: momentaryCommands(files, wanted),
    traces: [],
    problems: [],
  }
  const expect = (template.expect ?? []).map((line) => substitute(line, bound))
  return { scenario, expect, assumes: [...new Set(assumes)] }
}

/** Brings the units up first; `+N` becomes N seconds after the line above. */
export function timelineOf(template: Pick<StoryTemplate, 'up' | 'timeline'>, bound: Bindings): string[] {
  const lines: string[] = []
  let at = 0
  for (const unit of template.up ?? []) lines.push(`0 systemctl start ${substitute(unit, bound)}`)
  if (lines.length > 0) at = 20
  for (const line of template.timeline) {
    const text = substitute(line, bound)
    const match = /^\+?(\d+(?:\.\d+)?) (.*)$/.exec(text)
    if (!match) continue
    at = text.startsWith('+') ? at + Number(match[1]) : Number(match[1])
    lines.push(`${at} ${match[2]}`)
  }
  return lines
}

const UNNEEDED = /^StopWhenUnneeded=(?:yes|true|1|on)$/m

/** The unit that a file has go when nothing needs it. */
const goesUnneeded = onceFor(({ name, text }: ScenarioFile) => (UNNEEDED.test(text) ? unitOfFile(name) : null))

const KEEPER = 'keeps-it-needed.target'
/** What brings it up. */
export const STARTS_KEEPER = `systemctl start ${KEEPER}`

/** A unit that is up although it goes when nothing needs it: something does. */
function keepNeeded(
  template: StoryTemplate,
  bound: Bindings,
  files: Map<string, ScenarioFile>,
  assumes: string[],
): string[] {
  const up = (template.up ?? []).map((unit) => substitute(unit, bound))
  const goes = (unit: string) => [...files.values()].some((file) => goesUnneeded(file) === unit)
  const kept = up.filter((unit) => goes(unit) || goes(templateOf(unit) ?? unit))
  if (kept.length === 0) return []
  files.set(KEEPER, { name: KEEPER, text: `[Unit]\nDefaultDependencies=no\nWants=${kept.join(' ')}\n` })
  assumes.push(`something needs ${kept.join(' and ')}`)
  return [`0 ${STARTS_KEEPER}`]
}

function unitsIn(timeline: readonly string[], template: StoryTemplate, bound: Bindings): string[] {
  const words = timeline.flatMap((line) => line.split(/\s+/))
  const expected = (template.expect ?? []).map((line) => substitute(line, bound).split(' ')[0] ?? '')
  const slow = (template.slow ?? []).map(({ unit }) => substitute(unit, bound))
  return [...new Set([...words, ...expected, ...slow])].filter((word) => parseUnitName(word) !== null)
}

/** Every pasted file, until it is known which the story is about. */
function addPastedFiles(s: Situation, files: Map<string, ScenarioFile>): void {
  // A template's text serves its instances as it is; nothing to do for those that are wanted.
  for (const file of pastedFiles(s)) files.set(file.name, file)
}

function leaveOutUnneeded(files: Map<string, ScenarioFile>, wanted: readonly string[], s: Situation): void {
  const needed = new Set(neededFiles([...files.values()], [...wanted, KEEPER], s.scripts))
  for (const file of files.values()) if (!needed.has(file)) files.delete(file.name)
}

/** The same objects for all stories, so that what is found out about one is found out once. */
const pastedFiles = onceFor(({ units }: Situation): readonly ScenarioFile[] =>
  units.files.filter(({ name }) => isUnitFile(name)).map(({ name, text }) => ({ name, text })),
)

function addTemplateFile(
  files: Map<string, ScenarioFile>,
  template: string,
  text: string,
  bound: Bindings,
  assumes: string[],
): void {
  const always = template.startsWith('+')
  const name = substitute(always ? template.slice(1) : template, bound)
  if (!isUnitFile(name) || (!always && hasFile(name, files))) return
  files.set(name, { name, text: substitute(text, bound) })
  assumes.push(
    always
      ? `${name} is added for the replay, to bring about what is told`
      : `the text of ${name} is made up: the paste lacks it`,
  )
}

/** What a unit of each type looks like when only its name is known; the last line of a trigger names another unit. */
const STUBS: Readonly<Record<string, string>> = {
  socket: '[Socket]\nListenStream=/run/whyjob.sock\nService=',
  timer: '[Timer]\nOnActiveSec=1h\nUnit=',
  path: '[Path]\nPathExists=/run/whyjob-trigger\nUnit=',
  target: '[Unit]\nAllowIsolate=yes\n',
  slice: '[Slice]\n',
}

function stubOf(name: string, s: Situation): string | undefined {
  const type = unitTypeOf(name)
  if (type === 'service') return serviceStub(name, s)
  if (type !== 'mount') return STUBS[type]?.replace(/\w+=$/, (key) => triggered(name, key, s))
  return `[Mount]\nWhat=tmpfs\nType=tmpfs\nWhere=${unescapePath(name.slice(0, -'.mount'.length))}\n`
}

/** What is shown to be triggered, where it is not the service of that name. */
function triggered(name: string, key: string, { units }: Situation): string {
  const others = units.edges.get(name)?.get('Triggers') ?? new Set()
  const [other] = others
  return other === undefined || others.has(triggeredByDefault(name)) ? '' : `${key}${other}\n`
}

function addStub(
  files: Map<string, ScenarioFile>,
  name: string,
  s: Situation,
  assumes: string[],
  dependencies = '',
): void {
  if (hasFile(name, files) || isStockUnit(name, 'user')) return
  const stub = stubOf(name, s)
  if (!stub) return
  files.set(name, { name, text: dependencies + stub })
  assumes.push(`${name} is an ordinary ${unitTypeOf(name)}: the paste does not show its file`)
}

/** Settings that make a unit act on another one's jobs. */
const ACTING: readonly DependencyType[] = [
  'Requires',
  'Requisite',
  'BindsTo',
  'Wants',
  'PartOf',
  'Upholds',
  'Conflicts',
]
/** The same from either side: where something of one of the two files is there, it says so itself. */
const EITHER_SIDE: readonly DependencyType[] = ['PropagatesStopTo', 'StopPropagatedFrom']

/** What `systemctl show` and its kin say of a unit whose file was not pasted, as far as the story is about it. */
function shownDependencies(s: Situation, name: string, wanted: readonly string[]): string {
  const edges = s.units.edges.get(name)
  const shown = (kinds: readonly DependencyType[], others: readonly string[]) =>
    kinds.flatMap((kind) => others.filter((other) => edges?.get(kind)?.has(other)).map((other) => `${kind}=${other}\n`))
  const isSilent = (unit: string) => !s.units.files.some((file) => file.unit === unit)
  const lines = [...shown(ACTING, wanted), ...shown(EITHER_SIDE, isSilent(name) ? wanted.filter(isSilent) : [])]
  if (lines.length === 0) lines.push(...refusedDependencies(s, name, wanted))
  return lines.length === 0 ? '' : `[Unit]\n${lines.join('')}`
}

/** A refusal says what a job of one unit would have done to another: stop it, or start it, too. */
function refusedDependencies({ facts }: Situation, name: string, wanted: readonly string[]): string[] {
  return factsOf(facts, 'request-refused').flatMap(({ unit, type, other, included }) => {
    if (unit === null || other === null || unit === other || !wanted.includes(unit) || !wanted.includes(other))
      return []
    if (included === 'stop' && type === 'stop') return name === other ? [`PartOf=${unit}\n`] : []
    if (name !== unit) return []
    if (included === 'stop') return [`Conflicts=${other}\n`]
    return included === 'start' ? [`Requires=${other}\n`] : []
  })
}

const REFERS = /^(?:Requires|Requisite|BindsTo|Wants|PartOf|Upholds|Conflicts|OnFailure|OnSuccess|Unit|Service)=(.*)$/gm
const PROPAGATES = /^(?:PropagatesStopTo|StopPropagatedFrom|PropagatesReloadTo|ReloadPropagatedFrom)=(.*)$/gm

/** Units that a file of the story refers to have to exist, or nothing would start; so has the unit of a drop-in. */
function addReferredStubs(files: Map<string, ScenarioFile>, s: Situation): void {
  for (const file of [...files.values()]) for (const name of referredBy(file)) addStub(files, name, s, [])
}

/** The unit of a drop-in comes first. */
const referredBy = onceFor(({ name, text }: ScenarioFile): readonly string[] => {
  const owner = name.includes('.d/') ? [unitOfFile(name)] : []
  const lists = [...text.matchAll(REFERS), ...text.matchAll(PROPAGATES)].map(([, list = '']) => list.split(/\s+/))
  return [...owner, ...lists.flat()].filter((word) => parseUnitName(word))
})

/** A service's own file that neither starts nor stops anything. */
export const lacksCommands = onceFor(
  ({ name, text }: ScenarioFile) =>
    name.endsWith('.service') && !name.includes('/') && !/^Exec(?:Start|Stop)=/m.test(text),
)

/** A drop-in that says what is run. */
const hasCommand = onceFor(({ name, text }: ScenarioFile) => name.includes('.d/') && /^ExecStart=./m.test(text))

/** A pasted piece of a service may lack its commands; without any systemd would refuse to load it. */
function completeServices(files: Map<string, ScenarioFile>, assumes: string[]): void {
  const all = [...files.values()]
  const started = new Set(all.filter(hasCommand).map(({ name }) => unitOfFile(name)))
  for (const file of all) {
    const { name } = file
    if (!lacksCommands(file) || started.has(name)) continue
    const dropIn = `${name}.d/30-not-in-the-paste.conf`
    files.set(dropIn, { name: dropIn, text: '[Service]\nExecStart=/bin/sleep infinity\n' })
    assumes.push(`${name} runs a daemon: the paste does not show its commands`)
  }
}

const hasConditions = onceFor(
  ({ name, text }: ScenarioFile) => !name.includes('/') && /^(?:Condition|Assert)[A-Za-z]+=/m.test(text),
)

/** A condition of a pasted unit is taken to hold: the simulated machine has not its files. */
function clearConditions(files: Map<string, ScenarioFile>, assumes: string[]): void {
  for (const file of [...files.values()]) {
    if (!hasConditions(file)) continue
    const dropIn = `${file.name}.d/40-conditions-hold.conf`
    files.set(dropIn, { name: dropIn, text: '[Unit]\nConditionPathExists=\nAssertPathExists=\n' })
    assumes.push(`the conditions of ${file.name} hold`)
  }
}

const SLOW_LINE: Readonly<Record<string, string>> = {
  start: 'ExecStartPre=/bin/sleep',
  stop: 'ExecStop=/bin/sleep',
  restart: 'ExecStop=/bin/sleep',
  reload: 'ExecReload=/bin/sleep',
}

function makeSlow(
  files: Map<string, ScenarioFile>,
  slow: { readonly unit: string; readonly job: string },
  bound: Bindings,
  assumes: string[],
): void {
  const unit = substitute(slow.unit, bound)
  const job = substitute(slow.job, bound)
  const line = SLOW_LINE[job]
  if (line === undefined || unitTypeOf(unit) !== 'service') return
  const name = `${unit}.d/50-takes-its-time.conf`
  const text = files.get(name)?.text ?? '[Service]\n'
  files.set(name, { name, text: `${text}${line} ${SLOW_SEC}\n` })
  const verb = job === 'restart' ? 'stop' : job
  assumes.push(`the ${verb} of ${unit} takes some seconds`)
}
