// A sample of the lab's recordings, diagnosed as everybody's paste is; and what every order of the lab has to keep.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CAUSES } from '../../src/hypotheses/cause.ts'
import { calibrationSvg } from './calibration.ts'
import { corpus, endure } from './endure.ts'
import { FAMILIES } from './families.ts'
import { gradeOne } from './grade.ts'
import { stage } from './play.ts'
import type { Gradable } from './store.ts'

const folder = join(import.meta.dirname, 'cases')
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Gradable)

describe('recorded incidents', () => {
  test.each(cases.map((one) => [one.id, one] as const))('%s', (_, one) => {
    const { first, job, replacing, overclaim } = gradeOne(one, 'paste')
    expect({ first, job, replacing, overclaim }).toEqual({
      first: true,
      job: one.canceled === null ? null : true,
      replacing: one.replacing === null ? null : true,
      overclaim: false,
    })
    expect(gradeOne(one, 'minimal').overclaim).toBe(false)
  })

  test('are no surer than the complaint allows where a file says nothing of who asked', () => {
    const minimal = (id: string) => gradeOne(cases.find((one) => one.id === id) as Gradable, 'minimal')
    expect(minimal('auto-restart-pulls-in-252-0')).toMatchObject({ first: true })
    expect(minimal('cancel-one-job-252-0').answer.confidence).toBeLessThan(0.6)
  })

  test('are drawn as a picture that says how many they are', () => {
    const grades = cases.map((one) => gradeOne(one, 'paste'))
    expect(calibrationSvg([{ name: 'sample', grades }])).toContain(`sample: ${cases.length} answers`)
  })
})

test('mutated pastes are answered, soon, and the same twice', () => {
  const pastes = [
    ...corpus(),
    ...cases.flatMap(({ paste, minimal, journal, status }) => [paste, minimal, journal, status]),
  ]
  expect(endure(pastes, 120, 'every run', 5000).problems).toEqual([])
})

describe('families', () => {
  test('have names of their own, and there are many', () => {
    expect(new Set(FAMILIES.map(({ name }) => name)).size).toBe(FAMILIES.length)
    expect(FAMILIES.length).toBeGreaterThanOrEqual(40)
  })

  test.each(FAMILIES.map((family) => [family.name, family] as const))('%s is made the same twice', (name) => {
    const order = { family: name, version: 257, variant: 3, seed: 'test' }
    const { plan, scene } = stage(order)
    expect(stage(order).plan).toEqual(plan)
    expect(CAUSES).toContain(scene.truth.cause)
    expect(scene.deeds.some(({ who }) => who === 'asker')).toBe(true)
    for (const { at } of scene.deeds) expect(at).toBeLessThan(scene.seconds)
  })

  test('between them have every cause that can be made without hardware', () => {
    const made = new Set(
      FAMILIES.map(({ name }) => stage({ family: name, version: 257, variant: 0, seed: 'test' }).scene.truth.cause),
    )
    expect(CAUSES.filter((cause) => !made.has(cause))).toEqual([])
  })
})
