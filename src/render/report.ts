/**
 * Answer → report: all the words, in the order in which someone in trouble needs them. What happened, on which of their
 * lines it rests, why, what to do, what was assumed, what to paste next.
 */

import { NEVER } from '../remedy/before-after.ts'
import { MASKED } from '../remedy/edit-unit.ts'
import type { Answer, Ask, Candidate, Remedy } from './answer.ts'
import { CAUSE_WORDS } from './causes.table.ts'
import { excerpt } from './excerpt.ts'
import type { Cited } from './lanes.ts'
import { quotedLines } from './quote.ts'
import type { Scene } from './relations.ts'
import { count, percent } from './words.ts'

export interface QuotedLine {
  readonly line: number
  readonly text: string
  /** From where to where its text says what the answer is about; null if it is another line that does. */
  readonly mark: readonly [from: number, to: number] | null
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'quote'; readonly lines: readonly QuotedLine[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** A file to write or a text to read; the caption is a path or a sentence. */
  | { readonly kind: 'code'; readonly caption: string; readonly text: string }
  | { readonly kind: 'commands'; readonly lines: readonly string[] }
  | { readonly kind: 'hint'; readonly text: string; readonly commands: readonly string[] }
  /** A played story: some draw all of the trace, others print the lines that decide. */
  | {
      readonly kind: 'played'
      readonly caption: string
      readonly trace: string
      readonly lines: readonly string[]
      /** Lines of the paste that the story explains. */
      readonly cited: readonly Cited[]
      /** Of its units, for who draws them; null if there is no job to draw them around. */
      readonly scene: Scene | null
    }
  /** For those who want to look closer; a terminal leaves it out. A story can be played where that is possible. */
  | { readonly kind: 'fold'; readonly caption: string; readonly text: string; readonly story?: true }

export interface Report {
  readonly kind: Answer['outcome'] | 'rule' | 'term'
  readonly title: string
  readonly codes: readonly string[]
  readonly blocks: readonly Block[]
}

/** What a few blocks are there for: where there is room for some of them only, this tells which. */
export interface Part {
  readonly is: 'verdict' | 'quote' | 'why' | 'others' | 'played' | 'remedy' | 'assumed' | 'ask' | 'notes' | 'proof'
  readonly blocks: readonly Block[]
}

export function report(answer: Answer): Report {
  const blocks = partsOf(answer).flatMap((part) => part.blocks)
  return { kind: answer.outcome, title: titleOf(answer), codes: codesOf(answer), blocks }
}

/** What a report has, by what each part is for; empty parts are left out. */
export function partsOf(answer: Answer): Part[] {
  const parts = answer.outcome === 'candidates' ? undecided(answer) : decided(answer)
  return parts.map((part) => ({ ...part, blocks: part.blocks.filter(says) })).filter((part) => part.blocks.length > 0)
}

const decided = (answer: Answer): Part[] => [
  { is: 'verdict', blocks: [{ kind: 'text', text: answer.summary }] },
  { is: 'quote', blocks: quotes(answer) },
  ...paragraphs(answer.explanation),
  { is: 'others', blocks: lessLikely(answer) },
  { is: 'played', blocks: played(answer) },
  ...remedies(answer),
  { is: 'assumed', blocks: assumptions(answer) },
  ...asks(answer),
  { is: 'notes', blocks: notes(answer) },
  { is: 'proof', blocks: proof(answer) },
]

/** No more is claimed than what the paste shows; what would decide comes before what is only likely. */
const undecided = (answer: Answer): Part[] => [
  { is: 'verdict', blocks: [{ kind: 'text', text: seen(answer) }] },
  { is: 'quote', blocks: quotes(answer) },
  {
    is: 'others',
    blocks: [
      { kind: 'text', text: 'But what is pasted does not decide why. What fits, the likeliest first:' },
      { kind: 'list', items: stories(answer.candidates, answer) },
    ],
  },
  ...asks(answer),
  {
    is: 'why',
    blocks: [
      { kind: 'heading', text: 'If it was the first' },
      // The list may have said it in the same words.
      { kind: 'text', text: answer.candidates[0]?.trigger?.text === answer.summary ? '' : answer.summary },
    ],
  },
  ...paragraphs(answer.explanation),
  { is: 'played', blocks: played(answer) },
  ...remedies(answer),
  { is: 'assumed', blocks: assumptions(answer) },
  { is: 'notes', blocks: notes(answer) },
  { is: 'proof', blocks: proof(answer) },
]

const remedies = ({ remedies: all }: Answer): Part[] =>
  all.map((remedy) => ({ is: 'remedy', blocks: remedyBlocks(remedy) }))

const asks = ({ ask }: Answer): Part[] => ask.map((one) => ({ is: 'ask', blocks: [hint(one)] }))

function seen({ job, evidence }: Answer): string {
  const colon = evidence.length === 0 ? '.' : ':'
  if (job === null) return `I can see that a job did not end well${colon}`
  const shows = (kind: string) => evidence.some((one) => one.kind === kind)
  if (job.result === null && shows('request-refused'))
    return `I can see that a ${job.type} of ${job.unit} was refused${colon}`
  if (job.result === null && shows('queued-job'))
    return `I can see that the ${job.type} job of ${job.unit} has not ended${colon}`
  if (evidence.length > 0 && evidence.every(({ kind }) => kind === 'told'))
    return `What is told of ${job.unit}, where no line of systemd's own shows it:`
  // What came back or went down afterwards may have done all that it was asked for.
  if (job.result === null || job.result === 'done') return `This is what I can see of ${job.unit}${colon}`
  if (job.result !== 'canceled') return `I can see that a job for ${job.unit} did not end well${colon}`
  // A log has no words for it: what it shows is a job that did not come to its end.
  return `${shows('job-finished') ? 'I can see that' : 'It looks as if'} a job for ${job.unit} was canceled${colon}`
}

/** An empty sentence is no block: in some media its markup alone would mean something else. */
const says = (block: Block): boolean => !('text' in block) || block.text.trim() !== ''

/** In lower case: a renderer makes a heading of it. */
export function titleOf({ outcome, candidates, job }: Answer): string {
  switch (outcome) {
    case 'explained':
      return 'one story fits'
    case 'candidates': {
      const { length } = fitting(candidates)
      return length === 1 ? 'one story fits, unproven' : `${count(length, 'story', 'stories')} fit`
    }
    case 'not-a-cancellation':
      return job === null ? 'no job is shown' : 'no job was canceled'
    case 'no-evidence':
      return 'nothing to go by'
  }
}

function codesOf({ outcome, code, candidates }: Answer): string[] {
  if (outcome === 'candidates') return [...new Set(fitting(candidates).map((candidate) => candidate.code))]
  return code === null ? [] : [code]
}

/** A story that was played and did not come about does not fit, but for the answer: the paste says it outright. */
const fitting = (candidates: readonly Candidate[], answer = candidates[0]): readonly Candidate[] =>
  candidates.filter((one) => one === answer || cameAbout(one))

const cameAbout = ({ story, trace }: Candidate): boolean => story === '' || trace !== ''

/** The lines that the first story rests on; without a story, what was recognized at all. */
function quotes(answer: Answer): Block[] {
  const lines = quotedLines(answer)
  return lines.length === 0 ? [] : [{ kind: 'quote', lines }]
}

function lessLikely(answer: Answer): Block[] {
  if (answer.outcome !== 'explained') return []
  // The same cause in other words is no other answer.
  const others = answer.candidates.filter(({ cause }) => cause !== answer.cause)
  if (others.length === 0) return []
  return [
    { kind: 'heading', text: 'Less likely' },
    { kind: 'list', items: stories(others, answer) },
  ]
}

/** Stories of less than this are named together. */
const WORTH_A_LINE = 0.03

function stories(candidates: readonly Candidate[], answer: Answer): string[] {
  const told = likeliestFirst(fitting(candidates, answer.candidates[0]))
  const not = candidates.filter((one) => !told.includes(one)).map(({ code }) => code)
  const last = not.length === 0 ? [] : [`Played, and did not come about: ${not.join(', ')}.`]
  return [...likely(told, answer), ...last]
}

/** A line each, but for the least of them. */
function likely(all: readonly Candidate[], answer: Answer): string[] {
  const rest = all.filter(({ probability }, i) => i > 0 && probability < WORTH_A_LINE)
  if (rest.length < 2) return all.map((one) => story(one, answer))
  const most = percent(Math.max(...rest.map(({ probability }) => probability)))
  const named = `At most ${most} each: ${rest.map(({ code }) => code).join(', ')}.`
  return [...all.filter((one) => !rest.includes(one)).map((one) => story(one, answer)), named]
}

/** What is named of lines is what tells the stories apart: those that all of them fit are quoted above. */
function story({ code, cause, probability, trigger, agrees, contradicts }: Candidate, answer: Answer): string {
  const what = trigger === null ? `It was canceled because ${CAUSE_WORDS[cause]}` : withoutStop(trigger.text)
  const { evidence, candidates } = answer
  const telling = agrees.filter((id) => !candidates.every((one) => one.agrees.includes(id)))
  const words = [
    standing(linesOf(telling, evidence), 'fits', 'fit'),
    standing(linesOf(contradicts, evidence), 'speaks against it', 'speak against it'),
  ].filter((one) => one !== '')
  return `${what} (${code}, ${percent(probability)})${words.length === 0 ? '' : `; ${words.join(', ')}`}.`
}

const LINES_NAMED = 5

function standing(lines: readonly number[], one: string, many: string): string {
  if (lines.length === 0) return ''
  if (lines.length === 1) return `line ${lines[0]} ${one}`
  const more = lines.length > LINES_NAMED ? ` and ${lines.length - LINES_NAMED} more` : ''
  return `lines ${lines.slice(0, LINES_NAMED).join(', ')}${more} ${many}`
}

/** Where evidence stands, each line once. */
export const linesOf = (ids: readonly string[], evidence: Answer['evidence']): number[] => [
  ...new Set(evidence.filter(({ id }) => ids.includes(id)).map(({ line }) => line)),
]

const withoutStop = (text: string): string => text.replace(/\.$/, '')

function played({ candidates, evidence, systemd, job }: Answer): Block[] {
  const [first] = candidates
  if (first === undefined || first.trace === '') return []
  const units = [job?.unit, first.replacedBy?.unit, first.trigger?.unit].filter((unit) => unit !== undefined)
  const lines = excerpt(first.trace, units)
  if (!lines.some((line) => OF_A_JOB.test(line))) return []
  const version = `systemd ${systemd.version}${systemd.assumed ? ' (assumed)' : ''}`
  const scene = sceneOf(first, job)
  const cited = evidence.filter(({ id }) => first.agrees.includes(id)).map(({ line, quote }) => ({ line, text: quote }))
  return [{ kind: 'played', caption: `Played on the simulator of ${version}`, trace: first.trace, lines, cited, scene }]
}

/** A story that only leads up to its remedies has none. */
const OF_A_JOB = / job |\bsystemctl (?!reset-failed )/

function sceneOf({ story, replacedBy, trigger }: Candidate, job: Answer['job']): Scene | null {
  if (job === null) return null
  const outsider =
    trigger !== null && trigger.unit === undefined ? (trigger.client ?? OUTSIDERS[trigger.kind]) : undefined
  return {
    story,
    ended: { unit: job.unit, what: job.result === null ? job.type : `${job.type} ${job.result}` },
    by: replacedBy && { unit: replacedBy.unit, what: replacedBy.type },
    trigger: trigger && { unit: trigger.unit, who: outsider },
  }
}

/** Who asks without being a unit. */
const OUTSIDERS: Readonly<Record<string, string>> = { client: 'a client' }

/** The end of a story is a line of its trace; when it came does not matter here. */
const inWords = (line: string): string =>
  line.startsWith(NEVER) ? `no \`${line.slice(NEVER.length)}\`` : `\`${line.replace(/^\d+\.\d+ /, '')}\``

const RISK_WORDS: Readonly<Record<string, string>> = {
  reads: 'none, it only reads.',
  safe: 'low, nothing that runs is interrupted.',
  disruptive: 'it interrupts what runs.',
}

/** Commands that end what runs, if only what they name. */
const ENDS = /^(?:sudo )?systemctl (?:--\S+ )*(?:stop|(?:try-)?restart|reload-or-restart)\b/

/** Of the kinds of risk that rules know; others may have words of their own. */
export function riskBlock(risk: string, commands: readonly string[]): Block {
  const ends = risk === 'safe' && commands.some((command) => ENDS.test(command))
  return {
    kind: 'text',
    text: `Risk: ${ends ? 'low, nothing is interrupted but what it names.' : (RISK_WORDS[risk] ?? risk)}`,
  }
}

export function remedyBlocks({ title, why, risk, dropIn, commands, proof: proven }: Remedy): Block[] {
  const blocks: Block[] = [
    { kind: 'heading', text: title },
    { kind: 'text', text: why },
  ]
  if (dropIn !== null) {
    blocks.push({ kind: 'code', caption: dropIn.path, text: dropIn.text })
    const masked = MASKED.exec(dropIn.text)?.[0]
    if (masked !== undefined) blocks.push({ kind: 'text', text: `Put back what is masked in it, as \`${masked}\` is.` })
  }
  if (commands.length > 0) blocks.push({ kind: 'commands', lines: commands })
  if (risk !== '') blocks.push(riskBlock(risk, commands))
  if (proven !== null) {
    const [before, after] = [proven.before, proven.after].map(inWords)
    blocks.push({ kind: 'text', text: `Proven by replay: without it, ${before}; with it, ${after}.` })
  }
  return blocks
}

function assumptions({ candidates, outcome }: Answer): Block[] {
  const assumes = outcome === 'not-a-cancellation' ? [] : (candidates[0]?.assumes ?? [])
  if (assumes.length === 0) return []
  return [
    { kind: 'heading', text: 'Assumed, for the paste does not show it' },
    { kind: 'list', items: assumes },
  ]
}

/** What is short stands in the sentence; the rest has lines of its own, to be copied. */
const SHORT = 60

function hint({ command, because, tells }: Ask): Block {
  const isRecorder = command.startsWith('whyjob record ')
  if (tells.length === 0 && (isRecorder || command.includes(' log-level '))) {
    const as = isRecorder ? ' as root' : ''
    return { kind: 'hint', text: `next time, run \`${command}\`${as} beforehand. ${because}`, commands: [] }
  }
  if (command.length <= SHORT) return { kind: 'hint', text: `paste \`${command}\`. ${because}`, commands: [] }
  return { kind: 'hint', text: `paste what this prints. ${because}`, commands: command.split('; ') }
}

function notes({ redacted }: Answer): Block[] {
  if (redacted.length === 0) return []
  const kinds = redacted.map(({ kind, count: n }) => `${kind} (${n})`).join(', ')
  return [{ kind: 'text', text: `Masked in what is quoted: ${kinds}.` }]
}

function proof({ candidates }: Answer): Block[] {
  const [first] = candidates
  if (first === undefined || first.trace === '') return []
  return [
    { kind: 'fold', caption: 'The story and its trace, to replay with `whyjob check`', text: first.story, story: true },
  ]
}

/** A blank line ends a paragraph. */
const paragraphs = (text: string): Part[] =>
  text.split('\n\n').map((one) => ({ is: 'why', blocks: [{ kind: 'text', text: one }] }))

/** The answer itself brings each cause once before it brings one again. */
const likeliestFirst = (candidates: readonly Candidate[]): Candidate[] =>
  [...candidates].sort((a, b) => b.probability - a.probability)
