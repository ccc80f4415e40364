/**
 * Unit files in, before any incident: which of their jobs could be canceled, by whom, in what order of events. The
 * rules that rest on units alone are asked about each job in turn; a finding is a story that the simulator did play
 * out.
 */

import { gather } from '../evidence/gather.ts'
import type { Situation } from '../graph/assemble.ts'
import { assemble } from '../graph/assemble.ts'
import { CATALOG } from '../hypotheses/catalog.ts'
import type { Hypothesis } from '../hypotheses/imagine.ts'
import { imagine } from '../hypotheses/imagine.ts'
import { substitute } from '../hypotheses/pattern.ts'
import type { Clause, Rule } from '../hypotheses/rule.ts'
import { AUDIT_FINDINGS, AUDIT_JOBS } from '../limits.ts'
import type { Ranked } from '../ranking/rank.ts'
import { tryOut } from '../ranking/trial.ts'
import { formatScenario } from '../systemd/scenario.ts'
import type { Finding } from './finding.ts'
import { jobOf, prescribe } from './prescribe.ts'

export interface AuditFile {
  /** Its path, or its name in a unit folder. */
  readonly name: string
  readonly text: string
}

export interface AuditOptions {
  readonly systemd?: number
  /** Only the jobs that this command asks for: `systemctl stop x.service`. */
  readonly command?: string
}

/** Findings with the fewest assumptions first. Null if nothing in the files is a unit. */
export function audit(files: readonly AuditFile[], options: AuditOptions = {}): readonly Finding[] | null {
  const paste = files.map(({ name, text }) => `# ${pathOf(name)}\n${text.trimEnd()}\n`).join('\n')
  const situation = assemble(gather(paste, { mask: false }), options.systemd)
  if (situation.units.files.length === 0) return null
  const rules = CATALOG.filter(restsOnUnits)
  const found = new Map<string, Finding>()
  for (const [unit, type] of jobsOf(situation, options.command).slice(0, AUDIT_JOBS)) {
    const asked = withFocus(situation, unit, type)
    if (!asked) continue
    for (const hypothesis of imagine(asked, rules)) {
      const finding = proven(hypothesis, asked, files, paste)
      if (finding) found.set(`${finding.code} ${finding.what}`, finding)
      if (found.size >= AUDIT_FINDINGS) break
    }
  }
  return [...found.values()].sort((a, b) => a.assumes.length - b.assumes.length || (a.what < b.what ? -1 : 1))
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

function jobsOf(s: Situation, command: string | undefined): [unit: string, type: string][] {
  const words =
    command
      ?.trim()
      .split(/\s+/)
      .filter((word) => !word.startsWith('-') && word !== 'sudo') ?? []
  const [program, verb, ...units] = words
  if (program === 'systemctl' && verb !== undefined) {
    return units.map((unit) => [unit.includes('.') ? unit : `${unit}.service`, verb])
  }
  const own = [...new Set(s.units.files.map((file) => file.unit))].filter((unit) => unit.endsWith('.service'))
  return own.flatMap((unit) => TYPES.map((type): [string, string] => [unit, type]))
}

function withFocus(s: Situation, unit: string, type: string): Situation | null {
  const file = s.units.files.find((one) => one.unit === unit)
  if (!file) return null
  return { ...s, focus: { unit, type, result: 'canceled', fact: file.fact, typeInferred: false } }
}

function proven(hypothesis: Hypothesis, s: Situation, files: readonly AuditFile[], paste: string): Finding | null {
  const trial = tryOut(hypothesis, s)
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
    remedies: prescribe(ranked, s).filter((remedy) => remedy.proof !== null),
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
