/** The algebra of job_merging_table[]. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jobTypeIsConflicting, jobTypeIsSuperset, jobTypeLookupMerge } from '../../src/systemd/job.ts'

const mergeable = fc.constantFrom('start', 'verify-active', 'stop', 'reload', 'restart')

test('merging does not depend on the order', () => {
  fc.assert(
    fc.property(mergeable, mergeable, (a, b) => {
      expect(jobTypeLookupMerge(a, b)).toBe(jobTypeLookupMerge(b, a))
    }),
  )
})

test('a job merged with one of its own type stays what it is', () => {
  fc.assert(
    fc.property(mergeable, (a) => {
      expect(jobTypeLookupMerge(a, a)).toBe(a)
    }),
  )
})

test('merging is associative wherever both sides can be merged without collapsing', () => {
  fc.assert(
    fc.property(mergeable, mergeable, mergeable, (a, b, c) => {
      const ab = jobTypeLookupMerge(a, b)
      const bc = jobTypeLookupMerge(b, c)
      // reload-or-start has to collapse by the unit's state before it can be merged again.
      fc.pre(ab !== null && bc !== null && ab !== 'reload-or-start' && bc !== 'reload-or-start')
      const left = ab && jobTypeLookupMerge(ab, c)
      const right = bc && jobTypeLookupMerge(a, bc)
      fc.pre(left !== 'reload-or-start' && right !== 'reload-or-start')
      expect(left).toBe(right)
    }),
  )
})

test('only a stop conflicts, and with everything but a stop', () => {
  fc.assert(
    fc.property(mergeable, mergeable, (a, b) => {
      expect(jobTypeIsConflicting(a, b)).toBe((a === 'stop') !== (b === 'stop'))
    }),
  )
})

test('what covers another merges into itself', () => {
  fc.assert(
    fc.property(mergeable, mergeable, (a, b) => {
      expect(jobTypeIsSuperset(a, b)).toBe(jobTypeLookupMerge(a, b) === a)
    }),
  )
})
