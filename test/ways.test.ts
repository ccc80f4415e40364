// The closed world of an answer: every way in which a job ends as canceled, and what speaks for or against it.
import { expect, test } from 'vitest'
import { RULES } from '../src/adapters/catalog.ts'
import { diagnose } from '../src/diagnose.ts'
import { report } from '../src/render/report.ts'
import { toText } from '../src/render/text.ts'

const answered = (paste: string, systemd?: number): string =>
  toText(report(diagnose(paste, RULES, systemd === undefined ? {} : { systemd }))).replace(/\s+/g, ' ')

const COMPLAINT = '# systemctl stop api.service\nJob for api.service canceled.\n'
const NEXT_JOB = `${COMPLAINT}
May 02 10:00:00 web systemd[1]: Stopping api.service - API...
May 02 10:00:04 web systemd[1]: Stopped api.service - API.
May 02 10:00:04 web systemd[1]: Starting api.service - API...
`

test('of a complaint alone, all stays open', () => {
  const text = answered(COMPLAINT)
  expect(text).toContain('another job took its place: undecided, no line shows which job came next')
  expect(text).toContain('an isolate or flush swept it away: undecided')
  expect(text).toContain('someone canceled it: undecided')
})

test('a job that is seen in its slot rules out what leaves the slot empty, and says by which line', () => {
  const text = answered(NEXT_JOB)
  expect(text).toMatch(/another job took its place: supported, line \d+ shows the next one/)
  expect(text).toMatch(/an isolate or flush swept it away: ruled out, line \d+ shows another job in its slot/)
  expect(text).toMatch(/someone canceled it: ruled out, line \d+ shows another job in its slot/)
})

test('a reload that its unit left is a way since 259 only', () => {
  const reload = '# systemctl reload api.service\nJob for api.service canceled.\n'
  expect(answered(reload, 252)).toContain('left its active state during a reload: ruled out, that is so only since')
  expect(answered(reload, 262)).toContain('left its active state during a reload: undecided')
})
