/**
 * Unit files in, before any incident: which of their jobs could be canceled, by whom, in what order of events. The
 * rules that rest on units alone are asked about each job in turn; a finding is a story that the simulator did play
 * out.
 */

import { callsIn } from '../evidence/command.ts'
import { gather } from '../evidence/gather.ts'
import type { Situation } from '../graph/assemble.ts'
import { assemble } from '../graph/assemble.ts'
import type { Hypothesis } from '../hypotheses/imagine.ts'
import { imagine } from '../hypotheses/imagine.ts'
import { substitute } from '../hypotheses/pattern.ts'
import type { Clause, Rule } from '../hypotheses/rule.ts'
import { AUDIT_FINDINGS, AUDIT_JOBS, AUDIT_WORK } from '../limits.ts'
import type { Stage } from '../ranking/play.ts'
import { newStage } from '../ranking/play.ts'
import type { Ranked } from '../ranking/rank.ts'
import type { Trial } from '../ranking/trial.ts'
import { tryOut, wasCut } from '../ranking/trial.ts'
import { formatScenario } from '../systemd/scenario.ts'
import type { Audit, Finding } from './finding.ts'
import { jobOf, prescribe } from './prescribe.ts'
import { suppressing } from './suppress.ts'

export interface AuditFile {
  /** Its path, or its name in a unit folder. */
  readonly name: string
  readonly text: string
}

export interface AuditOptions {
  readonly systemd?: number
  /** Only the jobs that this command asks for: `systemctl stop x.service`. */
  readonly command?: string
  /** Codes of rules whose findings are not reported. */
  readonly ignore?: readonly string[]
}

const NO_UNITS = 'There is no unit file among these.'
const NO_JOBS = 'The command asks for no job of a unit in these files, as `systemctl stop NAME` would.'

/** What was found; or, in words, what is lacking to look for anything. */
export function audit(files: readonly AuditFile[], all: readonly Rule[], options: AuditOptions = {}): Audit | string {
  const paste = files.map(({ name, text }) => `# ${pathOf(name)}\n${text.trimEnd()}\n`).join('\n')
  const situation = assemble(gather(paste, { mask: false }), options.systemd)
  if (situation.units.files.length === 0) return NO_UNITS
  const asked = jobsOf(situation, options.command)
  if (asked === null) return NO_JOBS
  const rules = all.filter(restsOnUnits)
  const stage = newStage(AUDIT_WORK)
  const search: Search = { situation, rules, files, paste, stage, played: new Set(), found: new Map() }
  const jobs = fewestUnitsFirst(asked, situation)
  const unexplored = jobs.filter((job, i) => i >= AUDIT_JOBS || !explore(job, search))
  const found = [...search.found.values()].sort(
    (a, b) => a.assumes.length - b.assumes.length || (a.what < b.what ? -1 : 1),
  )
  const suppressionOf = suppressing(files, options.ignore ?? [])
  const findings = found.filter((one) => suppressionOf(one) === null)
  const suppressed = found.flatMap((one) => {
    const suppression = suppressionOf(one)
    return suppression ? [{ ...one, suppression }] : []
  })
  return { findings, suppressed, unexplored: unexplored.map(([unit, type]) => `${type} ${unit}`) }
}

interface Search {
  readonly situation: Situation
  readonly rules: readonly Rule[]
  readonly files: readonly AuditFile[]
  readonly paste: string
  readonly stage: Stage
  /** Rules with their bindings: what is the same story of another job need not be played again. */
  readonly played: Set<string>
  readonly found: Map<string, Finding>
}

/** False if not all that could befall the job was tried. */
function explore([unit, type]: JobAsked, search: Search): boolean {
  const { situation, rules, stage, played, found } = search
  const asked = withFocus(situation, unit, type)
  if (!asked) return true
  for (const hypothesis of imagine(asked, rules)) {
    const { rule, bound } = hypothesis
    const what = `${rule.code} ${substitute(rule.what, bound)}`
    const story = `${rule.code} ${JSON.stringify(bound)}`
    if (found.has(what) || played.has(story)) continue
    if (stage.workLeft <= 0 || found.size >= AUDIT_FINDINGS) return false
    const trial = tryOut(hypothesis, asked, stage)
    if (wasCut(trial, stage)) return false
    played.add(story)
    const finding = proven(trial, asked, search)
    if (finding) found.set(what, finding)
  }
  return true
}

type JobAsked = readonly [unit: string, type: string]

/** What involves few units is played soonest, and may be all that there is work for. */
function fewestUnitsFirst(jobs: readonly JobAsked[], { units: { edges } }: Situation): JobAsked[] {
  const reached = new Map<string, number>()
  for (const [unit] of jobs) {
    if (reached.has(unit)) continue
    const seen = new Set([unit])
    for (const one of seen) for (const others of edges.get(one)?.values() ?? []) for (const u of others) seen.add(u)
    reached.set(unit, seen.size)
    if (reached.size * 3 > AUDIT_JOBS) break
  }
  const size = ([unit]: JobAsked) => reached.get(unit) ?? Number.MAX_SAFE_INTEGER
  return [...jobs].sort((a, b) => size(a) - size(b))
}

const TYPES = ['start', 'stop', 'restart'] as const

const pathOf = (name: string) => (name.startsWith('/') ? name : `/etc/systemd/system/${name.replace(/^\.\//, '')}`)

/** A rule that needs no more than unit files: some condition of it is about edges, settings or commands of units. */
function restsOnUnits(rule: Rule): boolean {
  return rule.story !== undefined && rule.job?.result === 'canceled' && rule.when.some(isOfUnits)
}

function isOfUnits(clause: Clause): boolean {
  const [entry] = Object.entries(clause)
  if (!entry) return false
  const [predicate, fields] = entry
  if (predicate === 'request') return JSON.stringify(fields).includes('exec')
  return ['edge', 'pulls-in', 'stops-with', 'setting'].includes(predicate)
}

/** Those of the command, or all of every service; null if the command has none. */
function jobsOf(s: Situation, command: string | undefined): JobAsked[] | null {
  const own = new Set(s.units.files.map((file) => file.unit))
  if (command === undefined) {
    const services = [...own].filter((unit) => unit.endsWith('.service'))
    return services.flatMap((unit) => TYPES.map((type): JobAsked => [unit, type]))
  }
  const jobs = callsIn(command, true).flatMap(({ type, units }) =>
    type === null ? [] : units.filter((unit) => own.has(unit)).map((unit): JobAsked => [unit, type]),
  )
  return jobs.length === 0 ? null : jobs
}

function withFocus(s: Situation, unit: string, type: string): Situation | null {
  const file = s.units.files.find((one) => one.unit === unit)
  if (!file) return null
  return { ...s, focus: { unit, type, result: 'canceled', fact: file.fact, typeInferred: false } }
}

function proven(trial: Trial, s: Situation, { files, paste, stage }: Search): Finding | null {
  const { hypothesis } = trial
  if (!trial.holds || !trial.story || !trial.simulation) return null
  const { rule, bound } = hypothesis
  const ranked: Ranked = { trial, probability: 1, agrees: hypothesis.facts, contradicts: [], missing: 0, fit: 1 }
  const job = jobOf(ranked)
  if (!job) return null
  return {
    code: rule.code,
    cause: rule.cause,
    unit: job.unit,
    type: job.type,
    what: substitute(rule.what, bound),
    why: substitute(rule.why, bound),
    ...placeOf(hypothesis, s, files, paste),
    story: formatScenario({
      ...trial.story.scenario,
      traces: [{ versions: null, happenings: trial.simulation.trace }],
    }),
    assumes: trial.story.assumes,
    remedies: prescribe(ranked, s, stage).filter((remedy) => remedy.proof !== null),
  }
}

/** The first fact that the rule rests on, as a line of the file it is in. */
function placeOf(
  h: Hypothesis,
  s: Situation,
  files: readonly AuditFile[],
  paste: string,
): { file: string; line: number } {
  const fact = h.facts.map((id) => s.byId.get(id)).find((one) => one !== undefined)
  let line = fact ? paste.slice(0, fact.start).split('\n').length : 1
  for (const file of files) {
    // Each file stands below a line with its path, and above an empty one.
    const length = file.text.trimEnd().split('\n').length + 2
    if (line <= length) return { file: file.name, line: Math.max(1, line - 1) }
    line -= length
  }
  return { file: files[0]?.name ?? '', line: 1 }
}
