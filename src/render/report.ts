/**
 * Answer → report: all the words, in the order in which someone in trouble needs them. What happened, on which of their
 * lines it rests, why, what to do, what was assumed, what to paste next.
 */

import type { Answer, Ask, Candidate, Evidence, Remedy } from './answer.ts'
import { CAUSE_WORDS } from './causes.ts'
import { excerpt } from './excerpt.ts'
import { count, percent } from './words.ts'

export interface QuotedLine {
  readonly line: number
  readonly text: string
  /** The line that the answer is about. */
  readonly marked: boolean
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'quote'; readonly lines: readonly QuotedLine[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** A file to write or a text to read; the caption is a path or a sentence. */
  | { readonly kind: 'code'; readonly caption: string; readonly text: string }
  | { readonly kind: 'commands'; readonly lines: readonly string[] }
  | { readonly kind: 'hint'; readonly text: string }
  /** A played story: some draw all of the trace, others print the lines that decide. */
  | { readonly kind: 'played'; readonly caption: string; readonly trace: string; readonly lines: readonly string[] }
  /** For those who want to look closer; a terminal leaves it out. */
  | { readonly kind: 'fold'; readonly caption: string; readonly text: string }

export interface Report {
  readonly kind: Answer['outcome'] | 'rule' | 'term'
  readonly title: string
  readonly codes: readonly string[]
  readonly blocks: readonly Block[]
}

const MAX_QUOTED_LINES = 6

export function report(answer: Answer): Report {
  const blocks: Block[] = [
    { kind: 'text', text: answer.summary },
    ...quotes(answer),
    { kind: 'text', text: answer.explanation },
    ...stories(answer),
    ...played(answer),
    ...answer.remedies.flatMap(remedy),
    ...assumptions(answer),
    ...answer.ask.map(hint),
    ...notes(answer),
    ...proof(answer),
  ]
  return { kind: answer.outcome, title: titleOf(answer), codes: codesOf(answer), blocks: blocks.filter(says) }
}

/** An empty sentence is no block: in some media its markup alone would mean something else. */
const says = (block: Block): boolean => !('text' in block) || block.text.trim() !== ''

function titleOf({ outcome, candidates }: Answer): string {
  switch (outcome) {
    case 'explained':
      return 'one story fits'
    case 'candidates':
      return candidates.length === 1
        ? 'one story fits, unproven'
        : `${count(candidates.length, 'story', 'stories')} fit`
    case 'not-a-cancellation':
      return 'no job was canceled'
    case 'no-evidence':
      return 'nothing to go by'
  }
}

function codesOf({ outcome, code, candidates }: Answer): string[] {
  if (outcome === 'candidates') return [...new Set(candidates.map((candidate) => candidate.code))]
  return code === null ? [] : [code]
}

/** The lines that the first story rests on; without a story, what was recognized at all. */
function quotes({ evidence, candidates }: Answer): Block[] {
  const wanted = candidates[0]?.agrees ?? evidence.map(({ id }) => id)
  return quote(evidence.filter(({ id }) => wanted.includes(id)))
}

function quote(evidence: readonly Evidence[]): Block[] {
  const byLine = new Map(evidence.map((e) => [e.line, e]))
  const lines = [...byLine.values()].sort((a, b) => a.line - b.line)
  const about = lines.find((e) => /\bcancel/i.test(e.quote)) ?? lines.find((e) => /\bfail/i.test(e.quote)) ?? lines[0]
  // What the answer is about stays, however many lines speak for it.
  const kept = lines.filter((e, i) => i < MAX_QUOTED_LINES || e === about).slice(-MAX_QUOTED_LINES)
  if (kept.length === 0) return []
  return [{ kind: 'quote', lines: kept.map((e) => ({ line: e.line, text: e.quote, marked: e === about })) }]
}

/** Where one story stands out, the others are named with what speaks against them; else all stand side by side. */
function stories({ outcome, candidates, evidence }: Answer): Block[] {
  const listed = outcome === 'candidates' ? candidates : candidates.slice(1)
  if (listed.length === 0 || (outcome !== 'candidates' && outcome !== 'explained')) return []
  const heading = outcome === 'candidates' ? 'It was canceled because' : 'Less likely, it was canceled because'
  return [
    { kind: 'heading', text: heading },
    { kind: 'list', items: listed.map((candidate) => story(candidate, evidence)) },
  ]
}

function story(candidate: Candidate, evidence: readonly Evidence[]): string {
  const { code, cause, probability, trigger, contradicts } = candidate
  const why = `${CAUSE_WORDS[cause]} (${code}, ${percent(probability)})`
  const who = trigger === null ? '' : `: ${withoutStop(trigger.text)}`
  const against = evidence.filter(({ id }) => contradicts.includes(id)).map(({ line }) => line)
  const lines = against.length === 0 ? '' : `; line ${against.join(', ')} speaks against it`
  return `${why}${who}${lines}.`
}

const withoutStop = (text: string): string => text.replace(/\.$/, '')

function played({ candidates, systemd, job }: Answer): Block[] {
  const [first] = candidates
  if (first === undefined || first.trace === '') return []
  const units = [job?.unit, first.replacedBy?.unit, first.trigger?.unit].filter((unit) => unit !== undefined)
  const lines = excerpt(first.trace, units)
  if (lines.length === 0) return []
  const version = `systemd ${systemd.version}${systemd.assumed ? ' (assumed)' : ''}`
  return [{ kind: 'played', caption: `Played on the simulator of ${version}`, trace: first.trace, lines }]
}

/** Of the kinds of risk that rules know. */
const RISK_WORDS: Readonly<Record<string, string>> = {
  reads: 'none, it only reads.',
  safe: 'low, nothing that runs is interrupted.',
  disruptive: 'it interrupts what runs.',
}

function remedy({ title, why, risk, dropIn, commands, proof: proven }: Remedy): Block[] {
  const blocks: Block[] = [
    { kind: 'heading', text: title },
    { kind: 'text', text: why },
  ]
  if (dropIn !== null) blocks.push({ kind: 'code', caption: dropIn.path, text: dropIn.text })
  if (commands.length > 0) blocks.push({ kind: 'commands', lines: commands })
  if (risk !== '') blocks.push({ kind: 'text', text: `Risk: ${RISK_WORDS[risk] ?? risk}` })
  if (proven !== null) {
    const [before, after] = [proven.before, proven.after].map(withoutStop)
    blocks.push({ kind: 'text', text: `Replayed. Without it: ${before}. With it: ${after}.` })
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

function hint({ command, because }: Ask): Block {
  return { kind: 'hint', text: `paste \`${command}\`. ${because}` }
}

function notes({ redacted }: Answer): Block[] {
  if (redacted.length === 0) return []
  const kinds = redacted.map(({ kind, count: n }) => `${kind} (${n})`).join(', ')
  return [{ kind: 'text', text: `Masked before anything was read: ${kinds}.` }]
}

function proof({ candidates }: Answer): Block[] {
  const [first] = candidates
  if (first === undefined || first.story === '') return []
  return [{ kind: 'fold', caption: 'The story and its trace, to replay with `whyjob check`', text: first.story }]
}
