/** The manager's timers: early never, late by their accuracy at most, and at once when it is up. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Clock } from '../../src/simulator/clock.ts'

const timers = fc.array(
  fc.record({ atUsec: fc.integer({ min: 0, max: 90_000_000 }), accuracyUsec: fc.integer({ min: 1, max: 60_000_000 }) }),
  { minLength: 1, maxLength: 20 },
)

describe('a timer of the manager', () => {
  test('fires in its time', () => {
    fc.assert(
      fc.property(timers, (all) => {
        const clock = new Clock()
        const late: number[] = []
        for (const { atUsec, accuracyUsec } of all) {
          clock.armTimer(
            atUsec,
            () => {
              expect(clock.now).toBeGreaterThanOrEqual(atUsec)
              late.push(clock.now - atUsec - accuracyUsec)
            },
            accuracyUsec,
          )
        }
        while (clock.nextUsec() !== undefined) clock.advance()
        expect(late).toHaveLength(all.length)
        expect(Math.max(...late)).toBeLessThanOrEqual(0)
      }),
    )
  })

  test('fires as soon as the manager is up', () => {
    fc.assert(
      fc.property(timers, fc.integer({ min: 0, max: 90_000_000 }), (all, wakeUsec) => {
        const clock = new Clock()
        const due = all.filter(({ atUsec }) => atUsec <= wakeUsec).length
        let fired = 0
        for (const { atUsec, accuracyUsec } of all) clock.armTimer(atUsec, () => fired++, accuracyUsec)
        clock.arm(wakeUsec, () => clock.wake())
        while ((clock.nextUsec() ?? Number.POSITIVE_INFINITY) <= wakeUsec) clock.advance()
        expect(fired).toBe(due)
      }),
    )
  })

  test('keeps in step: what is due ten times a second comes four times', () => {
    const clock = new Clock()
    const moments: number[] = []
    const again = (): void => {
      moments.push(clock.now)
      if (moments.length < 5) clock.armTimer(clock.now + 100_000, again)
    }
    clock.armTimer(100_000, again)
    while (clock.nextUsec() !== undefined) clock.advance()
    expect(moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0))).toEqual(Array(4).fill(250_000))
  })
})
