// `whyjob explain`: every code, cause and word has something to say, typos are forgiven, and pasted messages find the
// rules that they are about.
import { describe, expect, test } from 'vitest'
import { GLOSSARY, RULES } from '../src/adapters/catalog.ts'
import { CAUSES } from '../src/hypotheses/cause.ts'
import { explain } from '../src/hypotheses/explain.ts'
import { termReport } from '../src/render/glossary.ts'
import { ruleReport } from '../src/render/rule.ts'
import { toText } from '../src/render/text.ts'
import { JOB_MODES, JOB_RESULTS, JOB_TYPES } from '../src/systemd/job.ts'

const asked = (query: string) => {
  const { terms, rules } = explain(query, RULES, GLOSSARY)
  return { terms: terms.map(({ term }) => term), codes: rules.map(({ code }) => code) }
}

const STATES = [
  ...['active', 'reloading', 'inactive', 'failed', 'activating', 'deactivating', 'maintenance', 'refreshing'],
  ...['stub', 'loaded', 'not-found', 'bad-setting', 'error', 'merged', 'masked', 'dead', 'condition', 'start-pre'],
  ...['start-post', 'running', 'exited', 'reload-signal', 'reload-notify', 'stop-watchdog', 'stop-sigterm'],
  ...['stop-sigkill', 'stop-post', 'final-watchdog', 'final-sigterm', 'final-sigkill', 'auto-restart'],
  ...['auto-restart-queued', 'dead-before-auto-restart', 'failed-before-auto-restart', 'listening', 'deferred'],
  ...['start-chown', 'stop-pre', 'waiting', 'elapsed', 'mounting', 'mounted', 'unmounting', 'remounting', 'plugged'],
  ...['tentative', 'abandoned', 'mounting-done', 'unmounting-sigterm', 'deactivating-sigkill'],
]
const ERRORS = [
  ...['NoSuchUnit', 'NoSuchJob', 'LoadFailed', 'BadUnitSetting', 'UnitMasked', 'JobTypeNotApplicable', 'NoIsolation'],
  ...['OnlyByDependency', 'ShuttingDown', 'TransactionJobsConflicting', 'TransactionOrderIsCyclic'],
  ...['TransactionIsDestructive', 'ConcurrencyLimitReached', 'InvalidArgs', 'NotSupported'],
]

test.each([...JOB_TYPES, ...JOB_MODES, ...JOB_RESULTS, ...STATES, ...ERRORS])(
  '%s is a word of the glossary',
  (word) => {
    const { terms } = explain(word, RULES, GLOSSARY)
    const named = terms.find(({ term, also }) => [term, ...also].includes(word))
    expect(named?.text.length).toBeGreaterThan(10)
  },
)

test.each(RULES.map(({ code }) => code))('%s is explained', (code) => {
  expect(asked(code).codes).toEqual([code])
  expect(asked(`what is ${code.toLowerCase()}?`).codes).toEqual([code])
})

test.each(CAUSES.filter((cause) => cause !== 'other'))('%s has rules', (cause) => {
  expect(asked(cause).codes.length).toBeGreaterThan(0)
  expect(termReport(cause, GLOSSARY)).not.toBeNull()
})

test('no name stands for two entries', () => {
  const names = GLOSSARY.flatMap(({ term, also }) => [term, ...also].map((name) => name.toLowerCase()))
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
})

describe('typos', () => {
  test.each([
    ['canceld', 'canceled'],
    ['cancelled', 'canceled'],
    ['replace-ireversibly', 'replace-irreversibly'],
    ['verify active', 'verify-active'],
    ['TransactionIsDestructve', 'TransactionIsDestructive'],
    ['org.freedesktop.systemd1.UnitMasked', 'UnitMasked'],
    ['bindsto', 'BindsTo='],
    ['BindTo=', 'BindsTo='],
    ['"canceled".', 'canceled'],
    ['irreversable', 'irreversible'],
  ])('%s', (query, term) => {
    expect(asked(query).terms).toContain(term)
  })
})

describe('messages', () => {
  test.each([
    ['Job for nginx.service canceled.', 'canceled', 'JC101'],
    ['foo.service: Start request repeated too quickly.', null, 'JC410'],
    [
      "Failed to start a.service: Transaction for a.service/start is destructive (shutdown.target has 'start' job " +
        "queued, but 'stop' is included in transaction).",
      'TransactionIsDestructive',
      'JC503',
    ],
    ['Failed to start x.service: Unit x.service is masked.', 'UnitMasked', 'JC511'],
    ['A dependency job for x.service failed. See ‘journalctl -xe’ for details.', 'dependency', 'JC402'],
    ['a.target: Job b.service/start deleted to break ordering cycle starting with a.target/start', null, 'JC524'],
    ['Failed to start t.target: Transaction order is cyclic. See system logs for details.', null, 'JC521'],
  ])('%s', (query, term, code) => {
    const { terms, codes } = asked(query)
    if (term !== null) expect(terms).toContain(term)
    expect(codes).toContain(code)
  })

  test('a debug line is about its word', () => {
    expect(asked('a.service: Installed new job a.service/start as 12').terms).toContain('job')
  })
})

describe('words in common', () => {
  test.each([
    ['why does it come back after I stopped it', 'trigger'],
    ['what is a job slot', 'slot'],
  ])('%s', (query, term) => {
    expect(asked(query).terms).toContain(term)
  })

  test('a rule by what it says', () => {
    expect(asked('socket still listening').codes).toContain('JC440')
  })
})

test.each(['nonsense', 'hello world', '', '   ', 'xyzzy plugh frob'])('nothing is made up for %j', (query) => {
  expect(asked(query)).toEqual({ terms: [], codes: [] })
})

test.each(RULES.map((rule) => [rule.code, rule] as const))('%s reads without a paste', (_, rule) => {
  expect(toText(ruleReport(rule))).not.toMatch(/\{[a-z][a-zA-Z0-9-]*\}/)
})
