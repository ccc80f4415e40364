import { expect, test } from 'vitest'
import { timeline } from '../../src/render/timeline.ts'

const picture = (...lines: readonly string[]): string => String(timeline(lines.join('\n')))

const widthOf = (svg: string): number => Number(/ width="(\d+)"/.exec(svg)?.[1])

test('units whose names differ at their ends can be told apart', () => {
  const svg = picture(
    '0.0 a-program-with-quite-a-long-name-and-its-first-worker.service job start installed',
    '0.0 a-program-with-quite-a-long-name-and-its-other-worker.service job start installed',
  )
  expect(svg).toContain('first-worker.service</text>')
  expect(svg).toContain('other-worker.service</text>')
})

test('what a client is told at the end makes no picture wider that has room for it', () => {
  const steps = [...Array(12).keys()].map((i) => `${i}.0 a.service state ${i % 2 ? 'running' : 'dead'}`)
  const without = picture(...steps, '20.0 client systemctl start a.service => 0')
  const told = 'Job for a.service canceled, which takes a while to be read by anyone.'
  const svg = picture(...steps, `20.0 client systemctl start a.service => 1 ${told}`)
  expect(svg).toContain(told)
  expect(widthOf(svg)).toBe(widthOf(without))
})

test('a slice is drawn where more becomes of it than that it is made', () => {
  const made = ['0.0 app.slice job start installed', '0.0 app.slice state active', '0.0 app.slice job start done']
  const service = '0.0 a.service job start installed'
  expect(picture(...made, service)).not.toContain('app.slice')
  expect(picture(...made)).toContain('app.slice')
  expect(picture(...made, service, '1.0 app.slice job stop installed')).toContain('app.slice')
})
