/** Situation, ranking and remedies → the answer: every word of it comes from the rules or from here. */

import type { Fact, Facts, Request } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'
import type { Situation } from '../graph/assemble.ts'
import { plainType, writtenOf } from '../graph/focus.ts'
import { onlyAsked, onlyNamed } from '../graph/only-unit.ts'
import { NAMELESS } from '../graph/snippet.ts'
import { substitute, substituteNames } from '../hypotheses/pattern.ts'
import type { Ranked, Ranking } from '../ranking/rank.ts'
import { waysInWords, waysOf } from '../ranking/ways.ts'
import type { Prescription } from '../remedy/prescribe.ts'
import { jobOf } from '../remedy/prescribe.ts'
import { formatTrace } from '../systemd/happening.ts'
import { formatScenario } from '../systemd/scenario.ts'
import type { Answer, Ask, Candidate, Evidence, ReplacedBy, Trigger } from './answer.ts'
import { asksFor } from './asks.ts'
import { atWork, clientOf, recordedRequest, recordedWords, shownRequest, shownWords } from './recorded.ts'

/** `untried` stories were left out for want of time. */
export function compose(
  facts: Facts,
  s: Situation,
  ranking: Ranking,
  remedies: readonly Prescription[],
  untried: number,
): Answer {
  const first = ranking.ranked[0]
  const candidates = ranking.ranked.map((one) => candidateOf(s, one))
  const asks = asksFor(s, ranking)
  const common = {
    schema: 'whyjob/1' as const,
    outcome: ranking.outcome,
    confidence: round(ranking.confidence),
    candidates,
    evidence: evidenceOf(s, ranking),
    remedies: remedies.map(({ when: _, ...remedy }) => ({ ...remedy, commands: [...remedy.commands] })),
    ask: asks,
    systemd: s.systemd,
    redacted: facts.redacted.map(({ kind, count }) => ({ kind, count })),
  }
  if (!first) return { ...common, ...emptyVerdict(s), ...words(s, asks, unread(facts)) }
  const { rule } = first.trial.hypothesis
  const job = jobAsked(s, first)
  return {
    ...common,
    job,
    replacedBy: replacedByOf(first) ?? replacedInSlot(first, job),
    cause: rule.cause,
    code: rule.code,
    trigger: triggerOf(s, first),
    summary: fill(rule.what, first),
    explanation: explanationOf(s, first, ranking, [blamed(ranking), unread(facts), leftOut(untried)]),
  }
}

/** Who was seen to ask; why and what next; every way in which a job can end as canceled: a paragraph each. */
function explanationOf(s: Situation, first: Ranked, ranking: Ranking, notes: readonly string[]): string {
  const { rule } = first.trial.hypothesis
  // Of what was refused, the one for the job in the way would be taken for the one refused.
  const shown = s.focus?.result === 'canceled' ? shownRequest(s, first, replacedByOf(first)) : null
  // Whom to look for has been found.
  const found = FIND_WHO.test(rule.next) && (shown?.tense === 'done' || recordedRequest(s, first) !== null)
  const why = `${fill(rule.why, first)} ${found ? '' : fill(rule.next, first)}`.trim()
  const ways = waysInWords(waysOf(s, ranking.ranked))
  const seen = shown && !shown.asker ? shownWords(shown) : atWork(s, first)
  return [recordedWords(s, first), seen, why, ways, ...notes].filter((paragraph) => paragraph !== '').join('\n\n')
}

/** How a rule's next step begins that is over once a line of the paste has the request. */
const FIND_WHO = /^(?:Find|See) who\b/

/** What the simulator shows not to happen, though people say that it does. */
const blamed = ({ ranked }: Ranking): string =>
  ranked
    .filter(({ trial }) => !trial.holds && trial.hypothesis.rule.otherwise)
    .map((one) => fill(one.trial.hypothesis.rule.otherwise!, one))
    .join(' ')

/** A limit was met while reading. */
const unread = ({ cut }: Facts): string =>
  cut === null ? '' : `Not read, for the paste is too long: ${cut}. Paste the part around the moment in question.`

function leftOut(untried: number): string {
  if (untried === 0) return ''
  const stories = untried === 1 ? 'one more story' : `${untried} more stories`
  return `With so many units not everything was played through: ${stories} could fit. Paste fewer units to see.`
}

const round = (probability: number) => Math.round(probability * 1000) / 1000

const fill = (text: string, one: Ranked): string =>
  substitute(text, one.trial.hypothesis.bound)
    .replace(/\{([a-z][a-zA-Z0-9-]*)\}/g, unnamed)
    .replace(INVENTED, 'the pasted $1')
    // A name stays as it is, words for one that is not known begin a sentence.
    .replace(/^(?:an?|another|the|what) /, (word) => word[0]?.toUpperCase() + word.slice(1))

/** A name that nobody has seen is no name to answer with. */
const isInvented = (unit: string) => unit.startsWith(`${NAMELESS}.`)
const INVENTED = new RegExp(String.raw`(?<![\w.@-])${NAMELESS}\.([a-z]{4,9})\b`, 'g')

/** What nothing in the paste names. */
function unnamed(_variable: string, name: string, at: number): string {
  const words = name === 'target' ? 'another target' : 'another unit'
  return at === 0 ? `A${words.slice(1)}` : words
}

function emptyVerdict(s: Situation): Pick<Answer, 'job' | 'replacedBy' | 'cause' | 'code' | 'trigger'> {
  const job = s.focus ? { unit: s.focus.unit, type: s.focus.type ?? 'start', result: s.focus.result } : null
  return { job, replacedBy: null, cause: null, code: null, trigger: null }
}

function words(s: Situation, asks: readonly Ask[], note: string): Pick<Answer, 'summary' | 'explanation'> {
  const about = s.focus?.unit ?? [...s.units.nodes.keys()][0]
  if (about === undefined) {
    return {
      summary: 'Nothing here speaks of a systemd unit.',
      explanation: ['No unit name, no line of the manager and no message of systemctl was found in the text.', note]
        .filter((paragraph) => paragraph !== '')
        .join('\n\n'),
    }
  }
  const ask = asks.length > 0 ? ' The command below would show more.' : ''
  return {
    summary: `The paste names ${about}, but no job of it that was canceled, refused or failed.`,
    explanation: [recordedWords(s, undefined), `Nothing in it says that a job ended badly.${ask}`, note]
      .filter((paragraph) => paragraph !== '')
      .join('\n\n'),
  }
}

/** What a client waited for is what is asked about; else the rule's words for the job, and the paste's for its result. */
function jobAsked(s: Situation, first: Ranked): Answer['job'] {
  const complaint = s.focus === null ? undefined : s.byId.get(s.focus.fact)
  const client = complaint?.kind === 'job-finished' && complaint.via !== 'manager' && complaint.via !== 'debug'
  const awaited = client || (complaint?.kind === 'job-line' && s.focus?.result === 'dependency')
  if (s.focus?.type && awaited) return { unit: s.focus.unit, type: s.focus.type, result: s.focus.result }
  const job = jobOf(first)
  if (job && isInvented(job.unit)) return null
  // What failed for want of another unit is asked about, also where the rule is about that other one.
  const wanting = s.focus?.type && s.focus.result === 'dependency' ? s.focus.unit : null
  const { rule } = first.trial.hypothesis
  if (!job && rule.job && s.focus === null) return onlyJob(s, rule.job.type)
  if (!job || (wanting !== null && isOther(job.unit, wanting))) return emptyVerdict(s).job
  const type = job.type === 'start' && !rule.replacedBy && wasRestart(s, job.unit) ? 'restart' : job.type
  return { unit: job.unit, type, result: rule.job?.result ?? null }
}

/** What people tell of without a name. */
function onlyJob(s: Situation, type: string): Answer['job'] {
  const asked = onlyAsked(s.facts)
  if (asked) return { unit: asked.unit, type: plainType(asked.type), result: null }
  const unit = onlyNamed(s.facts)
  return unit === null ? null : { unit, type: type.startsWith('$') ? 'start' : type, result: null }
}

/** What the rule leaves open as well is the other job of that unit. */
function replacedInSlot(first: Ranked, job: Answer['job']): ReplacedBy | null {
  const { job: own, replacedBy: by } = first.trial.hypothesis.rule
  if (!job || !by || jobOf(first) || by.unit !== own?.unit || job.type !== own.type || by.type.startsWith('$'))
    return null
  return { unit: job.unit, type: by.type, mode: by.mode }
}

/** A device that does not come is waited for by a job of its own. */
const isOther = (unit: string, asked: string): boolean => unit !== asked && !unit.endsWith('.device')

/** The log of a failed restart shows its start half; whoever asked, asked for a restart and for nothing else. */
function wasRestart(s: Situation, unit: string): boolean {
  const asked = factsOf(s.facts, 'request').filter((fact) => fact.unit === unit && fact.tense === 'done' && fact.type)
  if (asked.length === 0) return writtenOf(unit, s.facts)?.type === 'restart'
  return asked.every(({ type }) => type === 'restart')
}

function replacedByOf(one: Ranked): ReplacedBy | null {
  const { rule, bound } = one.trial.hypothesis
  if (!rule.replacedBy) return null
  const [unit, type] = [substituteNames(rule.replacedBy.unit, bound), substituteNames(rule.replacedBy.type, bound)]
  if (unit.includes('{') || unit.startsWith('$') || type.startsWith('$') || isInvented(unit)) return null
  return { unit, type: tookSlotOf(one, unit) ?? type, mode: rule.replacedBy.mode }
}

/** The job that took the slot of the one asked about where the story was played: what is wanted may be a mere check. */
function tookSlotOf(one: Ranked, unit: string): string | null {
  const { simulation, holds } = one.trial
  const job = jobOf(one)
  if (!simulation || !holds || job?.unit !== unit) return null
  const own = simulation.trace.filter(({ who }) => who === unit).map(({ event }) => event)
  const gone = own.findLastIndex(
    (event) => event.kind === 'job-finished' && event.type === job.type && event.result === 'canceled',
  )
  const next = gone < 0 ? undefined : own[gone + 1]
  return next?.kind === 'job-installed' ? next.type : null
}

function triggerOf(s: Situation, one: Ranked): Trigger | null {
  const trigger = triggerOfRule(one)
  const recorded = recordedRequest(s, one)
  const shown = shownBy(s, one)
  if (trigger && !trigger.client && shown && !recorded) return { ...trigger, client: clientOf(shown) }
  if (!trigger || !recorded?.asker) return trigger
  const { command, unit } = recorded.asker
  return { ...optional('unit', unit ?? undefined), ...trigger, client: command }
}

/** Whoever is met by the flight recorder is told of there. */
function shownBy(s: Situation, one: Ranked): Request | null {
  const isClient = one.trial.hypothesis.rule.trigger?.kind === 'client'
  const shown = isClient ? shownRequest(s, one, replacedByOf(one)) : null
  return shown?.asker ? null : shown
}

function triggerOfRule(one: Ranked): Trigger | null {
  const { rule, bound } = one.trial.hypothesis
  if (!rule.trigger) return null
  const { kind, unit, setting, client, text } = rule.trigger
  const filled = (value: string | undefined) => {
    const result = value === undefined ? undefined : substituteNames(value, bound)
    return result === undefined || /[{$]/.test(result) ? undefined : result
  }
  return {
    kind,
    ...optional('unit', filled(unit)),
    ...optional('setting', filled(setting)),
    ...optional('client', filled(client)),
    text: fill(text ?? rule.what, one),
  }
}

const optional = <K extends string>(key: K, value: string | undefined): { [key in K]?: string } =>
  value === undefined ? {} : ({ [key]: value } as { [key in K]?: string })

function candidateOf(s: Situation, one: Ranked): Candidate {
  const { story, simulation, hypothesis, holds } = one.trial
  const trace = simulation?.trace ?? []
  return {
    cause: hypothesis.rule.cause,
    code: hypothesis.rule.code,
    probability: round(one.probability),
    replacedBy: replacedByOf(one),
    trigger: triggerOf(s, one),
    story: story ? formatScenario({ ...story.scenario, traces: [{ versions: null, happenings: trace }] }) : '',
    agrees: [...one.agrees],
    contradicts: [...one.contradicts],
    // What did not come out as told is no proof, and shows nothing.
    assumes: holds ? (story?.assumes ?? []) : ['that it can come about: the simulator did not get this ending'],
    trace: holds ? formatTrace(trace) : '',
  }
}

const EVIDENCE_SHOWN = 60

/** The facts that any candidate refers to, and the complaint itself. */
function evidenceOf(s: Situation, ranking: Ranking): Evidence[] {
  const ids = new Set(ranking.ranked.flatMap((one) => [...one.agrees, ...one.contradicts]))
  if (s.focus) ids.add(s.focus.fact)
  const facts = s.facts.filter((fact) => ids.has(fact.id))
  return facts.slice(0, EVIDENCE_SHOWN).map(evidence)
}

function evidence({ id, kind, source, quote, line, start, end }: Fact): Evidence {
  return { id, kind, source, quote, line, start, end }
}
