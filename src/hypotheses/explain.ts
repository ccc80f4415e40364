/**
 * What to say to a word, a code or a pasted message: the glossary's entries and the rules that it is about. Exact names
 * first; then what a message would be answered with; then the nearest spelling; then the most words in common.
 */

import type { Refusal } from '../evidence/fact.ts'
import { factsOf } from '../evidence/fact.ts'
import { gather } from '../evidence/gather.ts'
import type { Situation } from '../graph/assemble.ts'
import { assemble } from '../graph/assemble.ts'
import { imagine } from './imagine.ts'
import type { GlossaryEntry, Rule } from './rule.ts'
import { isNear, searchBy } from './word-search.ts'

export interface Explanation {
  readonly terms: readonly GlossaryEntry[]
  readonly rules: readonly Rule[]
}

const RULES_SHOWN = 3
/** Of the best one's score or weight. */
const LEAST_SHARE = 0.3
const NOTHING: Explanation = { terms: [], rules: [] }

/** What the first of four ways has found: as it is written, as a message, nearly so, by its words. */
export function explain(query: string, rules: readonly Rule[], glossary: readonly GlossaryEntry[]): Explanation {
  const wanted = plain(query)
  if (wanted === '') return NOTHING
  const attempts = [exactly, asMessage, nearly, byWords]
  for (const attempt of attempts) {
    const found = attempt(wanted, query, rules, glossary)
    if (found.terms.length + found.rules.length > 0) return found
  }
  return NOTHING
}

const plain = (text: string) =>
  text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/^['"`]+|['"`.?!]+$/g, '')
    .toLowerCase()

type Attempt = (
  wanted: string,
  query: string,
  rules: readonly Rule[],
  glossary: readonly GlossaryEntry[],
) => Explanation

const namesOf = ({ term, also }: GlossaryEntry): string[] => [term, ...also].map((name) => name.toLowerCase())
const namesOfRule = ({ code, slug, cause }: Rule): string[] => [
  code.toLowerCase(),
  slug,
  slug.replaceAll('-', ' '),
  cause,
  cause.replaceAll('-', ' '),
]

/** A code anywhere in it; a term, a cause or a rule's name as a whole. */
const exactly: Attempt = (wanted, _, rules, glossary) => {
  const codes: readonly string[] = wanted.match(/\bjc\d{3}\b/g) ?? []
  return {
    terms: glossary.filter((entry) => namesOf(entry).includes(wanted)),
    rules: rules.filter((rule) => codes.includes(rule.code.toLowerCase()) || namesOfRule(rule).includes(wanted)),
  }
}

/** A line of a log or a client's words: the rules that fire on it, and the words of what it says. */
const asMessage: Attempt = (wanted, query, rules, glossary) => {
  if (!wanted.includes(' ')) return NOTHING
  const s = assemble(gather(query), undefined)
  const found = imagine(s, rules)
  const least = (found[0]?.weight ?? 0) * LEAST_SHARE
  const likely = found.filter(({ weight }) => weight >= least).map(({ rule }) => rule)
  const words = wordsIn(s)
  return {
    terms: glossary.filter(({ term }) => words.has(term)),
    rules: [...new Set(likely)].slice(0, RULES_SHOWN),
  }
}

/** systemd's names of the errors. */
const ERRORS: Readonly<Partial<Record<Refusal, string>>> = {
  'not-found': 'NoSuchUnit',
  'not-loaded': 'NoSuchUnit',
  masked: 'UnitMasked',
  'bad-setting': 'BadUnitSetting',
  'load-failed': 'LoadFailed',
  'only-by-dependency': 'OnlyByDependency',
  'not-applicable': 'JobTypeNotApplicable',
  isolate: 'NoIsolation',
  destructive: 'TransactionIsDestructive',
  'jobs-conflict': 'TransactionJobsConflicting',
  cyclic: 'TransactionOrderIsCyclic',
  'shutting-down': 'ShuttingDown',
  concurrency: 'ConcurrencyLimitReached',
  'no-such-job': 'NoSuchJob',
}

/** The result that a job had, the error that a request was refused with, and what a debug line is about. */
function wordsIn({ facts, focus }: Situation): Set<string> {
  const refused = factsOf(facts, 'request-refused').flatMap(({ error }) => ERRORS[error] ?? [])
  const events = factsOf(facts, 'job-debug').map(({ event }) => (event === 'merged' ? 'merge' : 'job'))
  return new Set([...(focus?.result ? [focus.result] : []), ...refused, ...events])
}

const nearly: Attempt = (wanted, _, rules, glossary) => ({
  terms: glossary.filter((entry) => namesOf(entry).some((name) => isNear(wanted, name))),
  rules: rules
    .filter((rule) =>
      namesOfRule(rule)
        .slice(1)
        .some((name) => isNear(wanted, name)),
    )
    .slice(0, RULES_SHOWN),
})

const byWords: Attempt = (wanted, _, rules, glossary) => {
  const documents = [
    ...glossary.map((entry) => ({ entry, rule: null, title: namesOf(entry).join(' '), text: entry.text })),
    ...rules.map((rule) => ({ entry: null, rule, title: namesOfRule(rule).slice(1).join(' '), text: rule.what })),
  ]
  const found = searchBy(wanted, documents, LEAST_SHARE)
  return {
    terms: found.flatMap(({ entry }) => entry ?? []).slice(0, RULES_SHOWN),
    rules: found.flatMap(({ rule }) => rule ?? []).slice(0, RULES_SHOWN),
  }
}
