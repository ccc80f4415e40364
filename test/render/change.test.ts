// What a new answer says that the one before did not.
import { expect, test } from 'vitest'
import { changeOf, verdictOf } from '../../src/render/change.ts'
import { candidates, explained, noEvidence } from './sample.ts'

const [first, second] = explained.candidates

test('surer, and which story is ruled out by which line', () => {
  const before = {
    ...verdictOf(explained),
    confidence: 0.61,
    candidates: [
      { code: 'JC101', cause: 'opposing-request', probability: 0.61 },
      { code: 'JC301', cause: 'user-cancelled', probability: 0.3 },
    ],
  } as const
  const now = { ...explained, confidence: 0.97, candidates: [first!, { ...second!, probability: 0.01 }] }
  expect(changeOf(before, now)).toBe('61% → 97%: user-cancelled is ruled out by line 12.')
  expect(changeOf(before, { ...now, candidates: [first!] })).toBe('61% → 97%: user-cancelled no longer fits.')
  expect(changeOf(before, { ...now, confidence: 0.61 })).toBe('Still 61%: user-cancelled is ruled out by line 12.')
})

test('a story that lost much, but not all', () => {
  const before = { ...verdictOf(explained), confidence: 0.61 }
  const likely = { ...before, candidates: [{ code: 'JC301', cause: 'user-cancelled', probability: 0.3 }] } as const
  expect(changeOf(likely, explained)).toBe('61% → 92%: line 12 speaks against user-cancelled.')
})

test('the same cause by another rule is not ruled out', () => {
  const before = { ...verdictOf(explained), code: 'JC126', confidence: 0.61 } as const
  expect(changeOf(before, explained)).toBe('JC126 (opposing-request), 61% → JC101 (opposing-request), 92%.')
})

test('less sure', () => {
  expect(changeOf(verdictOf(explained), candidates)).toBe('92% → 50%.')
})

test('another story', () => {
  const before = verdictOf({ ...explained, code: 'JC201', cause: 'isolate', confidence: 0.4 })
  expect(changeOf(before, explained)).toBe('JC201 (isolate), 40% → JC101 (opposing-request), 92%.')
  expect(changeOf(verdictOf(noEvidence), explained)).toBe(
    'Now there is something to go by: JC101 (opposing-request), 92%.',
  )
})

test('nothing new', () => {
  expect(changeOf(verdictOf(explained), explained)).toBeNull()
})
