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
  expect(answered(COMPLAINT)).toContain(
    'Undecided: another job took its place (no line shows which job came next); an isolate or flush swept it away, ' +
      'someone canceled it (no line speaks of it,',
  )
})

test('a job that is seen in its slot rules out what leaves the slot empty, and says by which line', () => {
  const text = answered(NEXT_JOB)
  expect(text).toMatch(/Supported: another job took its place \(line \d+ shows the next one\)\./)
  expect(text).toMatch(/Ruled out: an isolate or flush .*, someone canceled it \(line \d+ shows another job/)
})

test('a reload that its unit left is a way since 259 only', () => {
  const reload = '# systemctl reload api.service\nJob for api.service canceled.\n'
  expect(answered(reload, 252)).toMatch(/Ruled out: the unit left its active state during a reload \(that is so only/)
  expect(answered(reload, 262)).toMatch(/Undecided: .* left its active state during a reload/)
})

test('a request to cancel is a way of its own, whatever job it was for', () => {
  const start = COMPLAINT.replaceAll('stop', 'start')
  for (const paste of [COMPLAINT, start])
    expect(answered(`${paste}# systemctl cancel 57\n`)).toContain('someone canceled it (the paste shows the request)')
})

test("an isolate that wants what is being stopped takes its job's place, a user's manager's as well", () => {
  const isolates = `${COMPLAINT}# systemctl isolate desk.target\n# systemctl cat desk.target
# /etc/systemd/system/desk.target\n[Unit]\nWants=api.service\nAllowIsolate=yes\n`
  for (const paste of [isolates, isolates.replaceAll('systemctl', 'systemctl --user')])
    expect(answered(paste)).toMatch(
      /JC203 desk.target was isolated .* another job took its place \(the paste shows who/,
    )
})
