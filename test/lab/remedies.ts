/** Applies what a diagnosis proposes to the incident on the real systemd, and says whether the incident is gone. */

import { RULES } from '../../src/adapters/catalog.ts'
import { diagnose } from '../../src/diagnose.ts'
import type { Remedy } from '../../src/render/answer.ts'
import { NEGATIVE } from './grade.ts'
import type { Deed, Scene } from './incident.ts'
import { type MachinePlan, type MachineStep, runMachine, type Taken } from './machine.ts'
import { composeCase } from './paste.ts'
import { type Recording, stage } from './play.ts'

export interface Trial {
  readonly id: string
  readonly family: string
  readonly code: string
  readonly title: string
  readonly proven: boolean
  /** How it was applied; null where nobody but a person can apply it. */
  readonly way: 'file' | 'instead' | 'afterwards' | null
  readonly gone: boolean
  /** What was seen where it is not gone. */
  readonly seen: string
}

const BAD = /canceled|ailed|refused|destructive|timed out|not found|masked|attempted too often|bad unit file|cyclic/
/** Nothing that a script may run, or that only reads. */
const BY_HAND = /sudoedit|\bedit\b|\bvi\b|JOB-NUMBER|[A-Z]{4,}-[A-Z]|…|<|\/path\//
const PATIENCE_SECONDS = 8

export async function tryRemedies(recording: Recording): Promise<Trial[]> {
  // Whoever follows an edit has the file itself, with no masks in it.
  const answer = diagnose(composeCase(recording).paste, RULES, { mask: false })
  const trials: Trial[] = []
  for (const remedy of answer.remedies.filter(({ risk }) => risk !== 'reads')) {
    const about = { id: recording.id, family: recording.family, code: answer.code ?? '', title: remedy.title }
    trials.push({ ...about, proven: remedy.proof !== null, ...(await apply(recording, remedy)) })
  }
  return trials
}

async function apply(recording: Recording, remedy: Remedy): Promise<Pick<Trial, 'way' | 'gone' | 'seen'>> {
  if (remedy.dropIn !== null) return { way: 'file', ...(await judged(recording, withFile(recording, remedy.dropIn))) }
  const removed = /^rm (\S+)$/.exec(remedy.commands[0] ?? '')?.[1]
  if (removed !== undefined) return { way: 'file', ...(await judged(recording, withoutFile(recording, removed))) }
  if (remedy.commands.length === 0 || remedy.commands.some((command) => BY_HAND.test(command))) {
    return { way: null, gone: false, seen: 'for people' }
  }
  const line = remedy.commands.join(' && ')
  const instead = await judged(recording, withCommand(recording, line, 'instead'))
  if (instead.gone) return { way: 'instead', ...instead }
  const afterwards = await judged(recording, withCommand(recording, line, 'afterwards'))
  return afterwards.gone ? { way: 'afterwards', ...afterwards } : { way: 'instead', ...instead }
}

/** What is wanted of a unit in the end. */
interface Wish {
  readonly unit: string
  readonly state: 'active' | 'inactive'
}

const VERB = /^systemctl (?:--\S+ )*(start|stop|restart|reload)\b/

/** The job was to be carried out; a tool that stops a unit and then starts it wants it up. */
function wishOf({ deeds, about, tool, truth, wanted }: Scene): Wish {
  const asked = deeds.find(({ who, line }) => who === 'asker' && VERB.test(line))
  const verb = truth.canceled?.split('/').at(-1) ?? VERB.exec(asked?.line ?? '')?.[1] ?? 'stop'
  const unit = truth.canceled?.slice(0, truth.canceled.lastIndexOf('/')) ?? about[0] ?? ''
  return { unit, state: wanted ?? (verb === 'stop' && tool === undefined ? 'inactive' : 'active') }
}

function planFor(recording: Recording): { plan: MachinePlan; scene: Scene } {
  const { plan, scene } = stage(recording)
  const { unit } = wishOf(scene)
  const take = { state: `systemctl ${scene.manager === 'user' ? '--user ' : ''}is-active ${unit}` }
  return { plan: { ...plan, take, seconds: plan.seconds + PATIENCE_SECONDS }, scene }
}

function withFile(recording: Recording, dropIn: { path: string; text: string }): MachinePlan {
  const { plan } = planFor(recording)
  const { text } = dropIn
  const path = dropIn.path.replace(/^~/, '/root')
  return { ...plan, files: [...plan.files.filter((file) => file.path !== path), { path, text }] }
}

/** A drop-in that is removed for good is not there when the request comes. */
function withoutFile(recording: Recording, path: string): MachinePlan {
  const { plan } = planFor(recording)
  return { ...plan, files: plan.files.filter((file) => file.path !== path.replace(/^~/, '/root')) }
}

function withCommand(recording: Recording, line: string, when: 'instead' | 'afterwards'): MachinePlan {
  const { plan, scene } = planFor(recording)
  const at = askedAt(scene)
  const remedy = (step: MachineStep): MachineStep =>
    'id' in step && step.id === `deed ${at}` ? { ...step, line } : step
  if (when === 'instead') return { ...plan, steps: plan.steps.map(remedy).filter((step) => !isLater(step, scene, at)) }
  const later = { at: plan.seconds - PATIENCE_SECONDS + 0.5, id: 'remedy', line }
  return { ...plan, steps: [...plan.steps, later] }
}

/** The deed that went wrong; where only its outcome was not wanted, the look that found it. */
function askedAt({ deeds, wanted }: Scene): number {
  const isAsker = ({ who }: Deed) => who === 'asker'
  return wanted === undefined ? deeds.findIndex(isAsker) : deeds.findLastIndex(isAsker)
}

/** What the asker did next was because of the trouble. */
function isLater(step: MachineStep, { deeds }: Scene, first: number): boolean {
  return deeds.some(
    (deed: Deed, index) => 'id' in step && step.id === `deed ${index}` && deed.who === 'asker' && index > first,
  )
}

async function judged(recording: Recording, plan: MachinePlan): Promise<{ gone: boolean; seen: string }> {
  const { scene } = stage(recording)
  const answers = await runMachine(plan)
  if ('failed' in answers) return { gone: false, seen: answers.failed }
  const said = saidByAsker(answers, scene)
  const { unit, state } = wishOf(scene)
  const is = answers.taken.state?.trim() ?? ''
  const bad = BAD.test(said.output) || said.status !== 0
  const right = state === 'active' ? is === 'active' : is === 'inactive' || is === 'failed' || is === 'unknown'
  return { gone: !bad && right, seen: bad ? said.output.trim().slice(0, 200) : `${unit} is ${is}` }
}

/** The remedy's own words where it came afterwards, else those of whoever asked. */
function saidByAsker({ said }: Taken, scene: Scene): { output: string; status: number } {
  if (said.remedy !== undefined) return said.remedy
  return said[`deed ${askedAt(scene)}`] ?? { output: 'nothing was asked', status: 1 }
}

export function reportTrials(trials: readonly Trial[], recordings: readonly Recording[]): string {
  const incidents = recordings.map(({ id }) => id)
  // Where nothing went wrong nothing can be cured.
  const amiss = recordings.filter(({ scene }) => scene.truth.cause !== 'not-a-cancellation').map(({ id }) => id)
  // A program that fails by itself is cured by nobody's job or setting.
  const ofJobs = recordings.filter(({ scene }) => !NEGATIVE.includes(scene.truth.cause)).map(({ id }) => id)
  const proven = trials.filter((trial) => trial.proven)
  const failed = proven.filter(({ gone }) => !gone)
  const cured = new Set(proven.filter(({ gone }) => gone).map(({ id }) => id))
  const without = [...new Set(incidents.filter((id) => !cured.has(id)).map((id) => id.replace(/-\d+-\d+$/, '')))]
  const advice = trials.filter((trial) => !trial.proven && trial.way !== null)
  const rate = (count: number, of: number) => `${count}/${of} = ${((100 * count) / Math.max(1, of)).toFixed(1)} %`
  return [
    ...failed.map(({ id, code, title, way, seen }) => `${id}: ${code} "${title}" (${way}) does not help: ${seen}`),
    ...new Set(
      advice.filter(({ gone }) => gone).map(({ code, title }) => `helps, though not proven: ${code} "${title}"`),
    ),
    `remedies marked proven that end the incident  ${rate(proven.length - failed.length, proven.length)}`,
    `incidents with at least one such remedy       ${rate(cured.size, incidents.length)}`,
    `the same, but for those with nothing amiss    ${rate(amiss.filter((id) => cured.has(id)).length, amiss.length)}`,
    `the same, but for programs that just failed   ${rate(ofJobs.filter((id) => cured.has(id)).length, ofJobs.length)}`,
    `without: ${without.join(', ')}`,
  ].join('\n')
}
