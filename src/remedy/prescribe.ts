/** Verdict → what to do, each remedy replayed: shown as proven only if the story with it ends as wanted. */

import { factsOf } from '../evidence/fact.ts'
import type { Situation } from '../graph/assemble.ts'
import { matches } from '../hypotheses/match.ts'
import type { Bindings } from '../hypotheses/pattern.ts'
import { substitute, substituteNames } from '../hypotheses/pattern.ts'
import { asRestart } from '../hypotheses/restart-story.ts'
import type { RemedyTemplate, StoryTemplate } from '../hypotheses/rule.ts'
import type { Story } from '../hypotheses/story.ts'
import { lacksCommands, STARTS_KEEPER, timelineOf } from '../hypotheses/story.ts'
import type { Stage } from '../ranking/play.ts'
import { play } from '../ranking/play.ts'
import type { Ranked } from '../ranking/rank.ts'
import { cameOut, type Trial, tryTemplate } from '../ranking/trial.ts'
import type { Simulation } from '../simulator/simulate.ts'
import { baseName } from '../systemd/path-util.ts'
import type { Scenario } from '../systemd/scenario.ts'
import { formatScenario, parseTimeline } from '../systemd/scenario.ts'
import { templateOf, unescapePath, unitTypeOf } from '../systemd/unit.ts'
import { folderNames } from '../systemd/unit-file-index.ts'
import { type AskedJob as Asked, beforeAfter, endOf } from './before-after.ts'
import { editUnit, MASKED } from './edit-unit.ts'
import { forManager, unitFolderOf } from './for-manager.ts'
import { commandFor, dropInFor } from './for-version.ts'
import { lasts, watched } from './lasting.ts'
import { longerThanBefore } from './longer.ts'

export interface Prescription {
  readonly title: string
  readonly why: string
  readonly risk: RemedyTemplate['risk']
  readonly when: 'now' | 'for-good'
  readonly dropIn: { readonly path: string; readonly text: string } | null
  readonly commands: readonly string[]
  /** Null: advice, not proven. */
  readonly proof: { readonly before: string; readonly after: string; readonly scenario: string } | null
}

const DROP_IN = '50-whyjob.conf'
/** Drop-ins apply in the order of their names: after whatever the unit has. */
const LAST_DROP_IN = 'zz-whyjob.conf'

/**
 * The remedies of the first candidate: proven ones first, what helps now before what helps for good, what interrupts
 * last. A change for good that interrupts is nothing to begin with, proven or not.
 */
export function prescribe(first: Ranked, s: Situation, stage: Stage): Prescription[] {
  const { rule } = first.trial.hypothesis
  const remedies = rule.remedies.flatMap((template) => fill(template, first, s, stage) ?? [])
  const order = ({ proof, when, risk }: Prescription) => {
    const [later, harsh] = [when === 'now' ? 0 : 2, risk === 'disruptive' ? 1 : 0]
    return (proof && later + harsh < 3 ? 0 : 4) + later + harsh
  }
  return remedies.sort((a, b) => order(a) - order(b))
}

/** Below the mask is a file that the paste does not show; its command is the story's to add. */
const UNMASKED = '[Unit]\nDescription=below the mask\n'

interface Change {
  /** In a unit folder, as a scenario has it. */
  readonly name: string
  /** Null where the commands bring the change about. */
  readonly path: string | null
  readonly text: string
  /** Of a file that is not here as it is, only a part of it or with masks: what to type to have all of it. */
  readonly byHand?: string
  /** Nothing is left of a drop-in, and no other is to be kept out by its name. */
  readonly emptied?: boolean
}

function fill(template: RemedyTemplate, first: Ranked, s: Situation, stage: Stage): Prescription | null {
  const found = template.onlyIf && matches(template.onlyIf, s, { bound: first.trial.hypothesis.bound, facts: [] })[0]
  if (template.onlyIf && !found) return null
  const bound = withPath({ ...first.trial.hypothesis.bound, ...found?.bound })
  const change = changeOf(template, bound, s)
  if (change === 'impossible') return null
  const { version } = s.systemd
  const forTheirs = (command: string) => commandFor(version, forManager(substituteNames(command, bound), s.manager))
  const commands = (template.commands ?? []).map(forTheirs)
  if (commands.some((command) => startsTransient(command, s))) return null
  if (commands.some(isUnfilled) || isUnfilled(substitute(template.title, bound))) return null
  return {
    title: substitute(template.title, bound),
    why: substitute(template.why, bound),
    risk: template.risk,
    when: template.when ?? (template.dropIn || template.edit ? 'for-good' : 'now'),
    dropIn: change?.path && !change.emptied ? { path: change.path, text: change.text } : null,
    commands: change?.path
      ? [...(change.emptied ? [`rm ${change.path}`] : []), ...commands, forTheirs('systemctl daemon-reload')]
      : [...commands, ...(change?.byHand ? [forTheirs(change.byHand)] : [])],
    proof: prove(template, change, bound, first, s, stage),
  }
}

/** What a mount's name stands for. */
function withPath(bound: Bindings): Bindings {
  const stem = /^(.+)\.mount$/.exec(bound.unit ?? '')?.[1]
  return stem === undefined ? bound : { ...bound, where: unescapePath(stem) }
}

const STARTS = /^systemctl (?:--\S{1,60} )*(?:start|restart|try-restart|reload-or-restart)((?: \S{1,255}){1,20})$/

/** What systemd-run made is gone once it has ended: no request can bring it back by its name. */
function startsTransient(command: string, s: Situation): boolean {
  const asked = (STARTS.exec(command)?.[1] ?? '').split(' ')
  const isAsked = ({ unit }: { readonly unit: string | null }) => asked.includes(unit ?? '')
  return (
    factsOf(s.facts, 'request').some((fact) => fact.verb === 'systemd-run' && isAsked(fact)) ||
    factsOf(s.facts, 'unit-text').some((fact) => isAsked(fact) && isOfRun(fact.path))
  )
}

const isOfRun = (path: string | null): boolean => path?.startsWith('/run/systemd/transient/') ?? false

/** A placeholder that nothing in the paste fills: the remedy would not be theirs. */
const isUnfilled = (text: string) => /\{[a-z][a-zA-Z0-9-]*\}/.test(text)

function changeOf(template: RemedyTemplate, bound: Bindings, s: Situation): Change | null | 'impossible' {
  if (template.dropIn) {
    const unit = substituteNames(template.dropIn.unit, bound)
    const text = dropInFor(s.systemd.version, longerThanBefore(substituteNames(template.dropIn.text, bound), unit, s))
    if (text === null || isUnfilled(unit + text) || !speaksOf(unit, text)) return 'impossible'
    const own = s.units.files.filter((file) => file.unit === unit || file.unit === templateOf(unit))
    const later = own.some(({ name }) => name.includes('/') && baseName(name) > DROP_IN)
    const name = `${unit}.d/${later ? LAST_DROP_IN : DROP_IN}`
    return { name, path: `${unitFolderOf(s.manager)}/${name}`, text }
  }
  if (template.unmask) {
    const unit = substituteNames(template.unmask, bound)
    return isUnfilled(unit) ? 'impossible' : { name: unit, path: null, text: UNMASKED }
  }
  if (template.edit) {
    const unit = substituteNames(template.edit.unit, bound)
    const filled = (value: string | null) => (value === null ? null : substituteNames(value, bound))
    const replace = Object.entries(template.edit.replace).map(([key, value]) => [key, filled(value)] as const)
    return edited(unit, Object.fromEntries(replace), s) ?? 'impossible'
  }
  return null
}

/** A section of a type's own, `[Service]` say, means nothing in a unit of another type. */
const speaksOf = (unit: string, text: string): boolean =>
  [...text.matchAll(/^\[([A-Z]\w{3,6})\]$/gm)].every(([, section = '']) =>
    ['unit', unitTypeOf(unit)].includes(section.toLowerCase()),
  )

/**
 * The first file that counts for the unit and has something to replace; it may be a drop-in. One that counts for others
 * too, as `a-.service.d/x.conf` does, is left alone: the unit gets its own of that name, which counts in its place.
 */
function edited(unit: string, replace: { readonly [setting: string]: string | null }, s: Situation): Change | null {
  const folders = folderNames([unit], true)
  for (const file of s.units.files) {
    const owner = file.name.split('.d/')[0] ?? ''
    const text = folders.includes(owner) ? editUnit(file.text, replace) : null
    if (text === null) continue
    if (lacksCommands(file) || MASKED.test(text))
      return { name: file.name, path: null, text, byHand: `systemctl edit --full ${file.name}` }
    const own = owner === unit || owner === templateOf(unit)
    const name = own ? file.name : `${unit}.d/${baseName(file.name)}`
    const emptied = own && name.includes('/') && !/^[^#;[\n]*=/m.test(text)
    return { name, path: `${unitFolderOf(s.manager)}/${name}`, text, emptied }
  }
  return null
}

/** Replays the story with the change. Null if it ends no better, or if any other unit's job ends worse. */
function prove(
  template: RemedyTemplate,
  edit: Change | null,
  bound: Bindings,
  first: Ranked,
  s: Situation,
  stage: Stage,
): Prescription['proof'] {
  const { hypothesis } = first.trial
  if ((!edit && !template.timeline) || stage.workLeft <= 0) return null
  const played = { ...hypothesis.played, ...bound }
  const trial = template.story ? tryTemplate(template.story, { ...hypothesis, played }, s, stage) : first.trial
  const { story, simulation } = trial
  if (!story || !simulation || !trial.holds) return null
  const timeline = timelineWith(template, trial, played)
  if (timeline === 'impossible') return null
  const scenario = watched(withRemedy(story, timeline, edit, played))
  const after = play(scenario, s, stage)
  // What it would have come to is not known.
  if (after.exhausted && stage.workLeft <= 0) return null
  const job = jobOf(first)
  if (!job) return null
  const wanted = template.expect?.map((line) => substitute(line, played)) ?? [`${job.unit} job ${job.type} done`]
  // Asking again comes after the incident: then it is the last such job that counts.
  const result = resultOf(after, job)
  if (!wanted.every((line) => cameOut(after, line)) || !lasts(after, wanted, job.unit)) return null
  if (result === job.result && BAD_ENDS.has(job.result)) return null
  // What ended well before proves nothing.
  if (result === resultOf(simulation, job) && wanted.every((line) => cameOut(simulation, line))) return null
  if (worseElsewhere(simulation, after, job.unit)) return null
  const change = beforeAfter(simulation, after, job, wanted)
  if (!change) return null
  return {
    ...change,
    scenario: formatScenario({ ...scenario, traces: [{ versions: null, happenings: after.trace }] }),
  }
}

/** The remedy's own timeline, as its story is told: null where it has none, impossible where it cannot be told so. */
function timelineWith(remedy: RemedyTemplate, { template, hypothesis }: Trial, bound: Bindings) {
  if (!remedy.timeline) return null
  // One that goes on from the unit being up is no start to be told otherwise.
  const told = template === hypothesis.rule.story || remedy.timeline[0]?.startsWith('+')
  const timeline = told ? remedy.timeline : asRestart(remedy.timeline, bound)
  return timeline ? { ...(template?.up ? { up: template.up } : {}), timeline } : 'impossible'
}

function withRemedy(
  story: Story,
  timeline: Pick<StoryTemplate, 'up' | 'timeline'> | null,
  change: Change | null,
  bound: Bindings,
): Scenario {
  const kept = story.scenario.files.filter((file) => file.name !== change?.name)
  const files = change ? [...kept, { name: change.name, text: change.text }] : kept
  if (!timeline) return { ...story.scenario, files }
  const first = story.scenario.timeline.filter(({ text }) => text === STARTS_KEEPER)
  return { ...story.scenario, files, timeline: [...first, ...parseTimeline(timelineOf(timeline, bound))] }
}

interface AskedJob extends Asked {
  readonly result: string
}

/** The job that the rule speaks of, with its variables bound. */
export function jobOf(first: Ranked): AskedJob | null {
  const { rule, bound } = first.trial.hypothesis
  if (!rule.job) return null
  const [unit, type] = [substituteNames(rule.job.unit, bound), substituteNames(rule.job.type, bound)]
  if (/[{$]/.test(unit + type)) return null
  return { unit, type, result: rule.job.result ?? 'canceled' }
}

const BAD_ENDS = new Set(['failed', 'timeout', 'dependency', 'assert', 'invalid', 'canceled'])

function badEnds(simulation: Simulation, except: string): number {
  return simulation.trace.filter(
    ({ who, event }) => event.kind === 'job-finished' && who !== except && BAD_ENDS.has(event.result),
  ).length
}

const worseElsewhere = (before: Simulation, after: Simulation, unit: string): boolean =>
  badEnds(after, unit) > badEnds(before, unit)

function resultOf(simulation: Simulation, job: AskedJob): string | null {
  const event = endOf(simulation, job)?.event
  return event?.kind === 'job-finished' ? event.result : null
}
