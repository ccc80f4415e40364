// The rules themselves: that they are valid, speak of things that exist, fire on the pastes that they name and on no
// other that they name, and what each of those pastes is answered.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readGlossary, writtenCatalog } from '../scripts/catalog.ts'
import { RULES } from '../src/adapters/catalog.ts'
import { readRules } from '../src/adapters/rule-files.ts'
import { diagnose } from '../src/diagnose.ts'
import { gather } from '../src/evidence/gather.ts'
import { assemble, withTold } from '../src/graph/assemble.ts'
import { imagine } from '../src/hypotheses/imagine.ts'
import { substitute } from '../src/hypotheses/pattern.ts'
import type { Clause } from '../src/hypotheses/rule.ts'
import { ruleOf } from '../src/hypotheses/rule-file.ts'
import { DIAGNOSIS_WORK } from '../src/limits.ts'
import { newStage } from '../src/ranking/play.ts'
import { tryOut } from '../src/ranking/trial.ts'
import { MESSAGES } from '../src/systemd/messages.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'test/pastes')
const pastes = readdirSync(folder).filter((name) => name.endsWith('.txt'))
const read = (name: string) => readFileSync(join(folder, name.endsWith('.txt') ? name : `${name}.txt`), 'utf8')

const fired = new Map<string, ReturnType<typeof imagined>>()
/** What is only told counts in the pastes about that. */
function imagined(name: string) {
  const situation = assemble(gather(read(name)), undefined)
  const looked = name.startsWith('told-') ? withTold(situation) : situation
  return imagine(looked, RULES).map((hypothesis) => ({ ...hypothesis, situation: looked }))
}

function hypotheses(name: string) {
  const known = fired.get(name) ?? imagined(name)
  fired.set(name, known)
  return known
}

test('every file is a rule', () => {
  expect(readRules(join(root, 'rules')).problems).toEqual([])
})

test.each([
  ['job-finshed: { unit: $unit }', 'job-finshed'],
  ['none: [{ focus: { unit: $unit } }, { edges: { from: $unit } }]', 'edges'],
  ['any: [[{ unit: { name: $unit } }], [{ requests: {} }]]', 'requests'],
])('a rule with the condition %s is refused', (condition, name) => {
  const own = { ...parse(readFileSync(join(root, 'rules/JC106-bound-unit-went-down.yaml'), 'utf8')) }
  const result = ruleOf('JC706-ours.yaml', { ...own, when: [parse(condition)] })
  expect(result).toEqual({ problems: [`JC706-ours.yaml: when.0: there is no condition '${name}'`] })
})

test('the catalog is what the files say', () => {
  const { rules } = readRules(join(root, 'rules'))
  const { glossary, problems } = readGlossary(join(root, 'rules'))
  expect(problems).toEqual([])
  expect(readFileSync(join(root, 'src/hypotheses/catalog.json'), 'utf8') === writtenCatalog(rules, glossary)).toBe(true)
})

/** Every condition of a rule, those within `any` and `none` included. */
function clausesIn(clauses: readonly Clause[]): Clause[] {
  return clauses.flatMap((clause) => {
    const [[predicate, argument]] = Object.entries(clause) as [[string, unknown]]
    if (predicate === 'none') return clausesIn(argument as Clause[])
    if (predicate === 'any') return (argument as (Clause | Clause[])[]).flatMap((one) => clausesIn([one].flat()))
    return [clause]
  })
}

/** The words that a pattern names outright. */
function wordsIn(pattern: unknown): string[] {
  if (typeof pattern === 'string') return pattern.startsWith('$') ? [] : [pattern]
  if (Array.isArray(pattern)) return pattern.flatMap(wordsIn)
  return typeof pattern === 'object' && pattern !== null && 'in' in pattern ? wordsIn(pattern.in) : []
}

test('sentences that the rules name are in the table', () => {
  const unknown = RULES.flatMap((rule) =>
    clausesIn([...rule.when, ...rule.likelihoods.flatMap(({ when }) => when)]).flatMap((clause) => {
      const [[predicate, fields]] = Object.entries(clause) as [[string, Record<string, unknown>]]
      const key = predicate === 'manager-line' || predicate === 'job-line' ? fields.key : fields?.['says.key']
      return wordsIn(key).flatMap((word) => (word in MESSAGES ? [] : [`${rule.code}: ${word}`]))
    }),
  )
  expect(unknown).toEqual([])
})

const withPastes = readRules(join(root, 'rules')).rules.filter(({ code }) => /^JC[1-6]/.test(code))
describe.each(withPastes)('$code $slug', ({ code, firesOn, silentOn }) => {
  test('names two pastes that fire and two that do not', () => {
    expect(firesOn.length).toBeGreaterThan(1)
    expect(silentOn.length).toBeGreaterThan(1)
    expect([...firesOn, ...silentOn].filter((name) => !existsSync(join(folder, `${name}.txt`)))).toEqual([])
  })

  test.each(firesOn)('fires on %s', (name) => {
    expect(hypotheses(name).map(({ rule }) => rule.code)).toContain(code)
  })

  test.each(silentOn)('is silent on %s', (name) => {
    expect(hypotheses(name).map(({ rule }) => rule.code)).not.toContain(code)
  })

  test.each(firesOn)('has a word for everything on %s', (name) => {
    for (const { rule, bound } of hypotheses(name).filter((one) => one.rule.code === code)) {
      const texts = [rule.what, rule.why, rule.next, rule.trigger?.text ?? ''].map((text) => substitute(text, bound))
      expect(texts.filter((text) => /\{[a-z][a-zA-Z-]*\}/.test(text))).toEqual([])
    }
  })
})

/** Any other rule is ruled out where its story comes out otherwise; of these the trace would only be left out. */
const certain = withPastes.filter((rule) => rule.certain && rule.story)
test.each(certain)('the story of $code comes out on one of its pastes', ({ code, firesOn }) => {
  const told = firesOn.flatMap((name) => hypotheses(name).filter(({ rule }) => rule.code === code))
  expect(told.map((one) => tryOut(one, one.situation, newStage(DIAGNOSIS_WORK)).holds)).toContain(true)
})

/** One line for one paste: outcome, cause and code, the jobs, and the remedies that are proven. */
function verdict(name: string): string {
  const { outcome, cause, code, job, replacedBy, remedies } = diagnose(read(name), RULES)
  const jobs = [job, replacedBy].map((one) => (one ? `${one.unit}/${one.type}` : '-')).join(' < ')
  const proven = remedies.filter(({ proof }) => proof !== null).map(({ title }) => `\n    proven: ${title}`)
  return `${name.replace('.txt', '')}: ${outcome} ${cause ?? '-'} ${code ?? '-'} ${jobs}${proven.join('')}\n`
}

test('what each paste is answered', async () => {
  const verdicts = pastes.sort().map(verdict).join('')
  await expect(verdicts).toMatchFileSnapshot('pastes/expected/verdicts.txt')
})
