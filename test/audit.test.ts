/** An audit names who can cancel which job, proves it, and stays silent about units that cannot. */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import AjvDraft4 from 'ajv-draft-04'
import { describe, expect, test } from 'vitest'
import { RULES } from '../src/adapters/catalog.ts'
import { type AuditFile, type AuditOptions, audit } from '../src/remedy/audit.ts'
import type { Audit } from '../src/remedy/finding.ts'
import { toSarif } from '../src/render/sarif.ts'
import { simulate } from '../src/simulator/simulate.ts'
import { formatEvent } from '../src/systemd/happening.ts'
import { parseScenario } from '../src/systemd/scenario.ts'

const Ajv = AjvDraft4.default
const SCHEMA = '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'

const app = {
  name: 'app.service',
  text: '[Unit]\nBindsTo=db.service\nAfter=db.service\n[Service]\nExecStart=/usr/bin/app\n',
}
const db = { name: 'db.service', text: '[Service]\nExecStart=/usr/bin/db\n' }
const timer = { name: 'app.timer', text: '[Timer]\nOnCalendar=hourly\n' }

function audited(files: readonly AuditFile[], options: AuditOptions = {}): Audit {
  const found = audit(files, RULES, options)
  if (typeof found === 'string') throw new Error(found)
  return found
}

test('a timer can cancel the stop of its service', () => {
  const found = audited([{ name: 'app.service', text: db.text }, timer], { command: 'systemctl stop app' })
  expect(found.findings.map(({ code, unit, type }) => [code, unit, type])).toContainEqual([
    'JC104',
    'app.service',
    'stop',
  ])
})

test('a unit that another is bound to can cancel its start', () => {
  const codes = audited([app, db]).findings.map(({ code }) => code)
  expect(codes).toContain('JC106')
})

test('every finding replays: the job in question is canceled', () => {
  const found = audited([app, db, timer]).findings
  expect(found.length).toBeGreaterThan(2)
  for (const { story, unit, type } of found) {
    const { trace } = simulate(parseScenario(story), { stock: 'recorded' })
    const events = trace.filter(({ who }) => who === unit).map(({ event }) => formatEvent(event))
    expect(
      events.some((event) => /^job (start|stop|restart|reload) canceled$/.test(event)),
      `${unit} ${type}`,
    ).toBe(true)
  }
})

test('a lone service has nothing to report; what is no unit is said to be none', () => {
  expect(audited([db])).toEqual({ findings: [], suppressed: [], unexplored: [] })
  expect(audit([{ name: 'notes.txt', text: 'nothing of systemd' }], RULES)).toBe('There is no unit file among these.')
})

describe('what someone has looked at', () => {
  const all = audited([app, db])
  const commented = (comment: string, path = app.name) =>
    audited([{ ...app, name: path, text: `${comment}\n${app.text}` }, db])

  test('is named in the file, with why', () => {
    const { findings, suppressed } = commented('# whyjob: ignore JC106 (restarts with it)')
    expect(findings.map(({ code }) => code)).not.toContain('JC106')
    expect(suppressed.map(({ code, suppression }) => [code, suppression])).toContainEqual([
      'JC106',
      { kind: 'inSource', why: 'restarts with it' },
    ])
    expect(findings.length + suppressed.length).toBe(all.findings.length)
  })

  test.each([
    ['# whyjob: ignore JC999', 'app.service'],
    ['# whyjob ignores JC106', 'app.service'],
    ['# whyjob: ignore JC106', '/etc/systemd/system/other.service'],
  ])('%s in %s says nothing of it', (comment, path) => {
    const other = { name: path, text: `${comment}\n[Service]\nExecStart=/bin/other\n` }
    const { suppressed } = audited([app, db, other])
    expect(suppressed.filter(({ unit, code }) => unit === 'db.service' && code === 'JC106')).toEqual([])
  })

  test('counts for the unit of a drop-in', () => {
    const dropIn = { name: 'app.service.d/50-x.conf', text: '; whyjob: ignore JC105, JC106\n[Service]\nNice=1\n' }
    expect(audited([app, db, dropIn]).findings.map(({ code }) => code)).not.toContain('JC106')
  })

  test('can be said by whoever asks', () => {
    const { findings, suppressed } = audited([app, db], { ignore: all.findings.map(({ code }) => code) })
    expect(findings).toEqual([])
    expect(new Set(suppressed.map(({ suppression }) => suppression.kind))).toEqual(new Set(['external']))
  })
})

test('SARIF names the rule, the file and the line', () => {
  const log = JSON.parse(toSarif(audited([app, db])))
  expect(log.version).toBe('2.1.0')
  expect(log.runs[0].results[0].locations[0].physicalLocation.region.startLine).toBeGreaterThan(0)
})

test('SARIF steers no terminal, and loses nothing of what was written', () => {
  const why = 'a\u009b2J\u202eb\u200bc'
  const ignored = { name: 'app.service.d/x.conf', text: `# whyjob: ignore JC106 (${why})` }
  const sarif = toSarif(audited([app, db, ignored]))
  expect(sarif).not.toMatch(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e]/)
  expect(JSON.parse(sarif).runs[0].results.at(-1).suppressions[0].justification).toBe(why)
})

describe("SARIF keeps to its standard's schema", () => {
  const valid = new Ajv({
    strict: false,
    unicodeRegExp: false,
    formats: { uri: true, 'uri-reference': true, 'date-time': true },
  }).compile(JSON.parse(readFileSync(createRequire(import.meta.url).resolve(SCHEMA), 'utf8')))
  test.each([
    ['with findings', audited([app, db, timer])],
    ['with none', audited([db])],
    ['with ignored ones', audited([app, db, { name: 'app.service.d/x.conf', text: '# whyjob: ignore JC106 (known)' }])],
    ['cut short', { findings: [], suppressed: [], unexplored: ['a.service', 'b.service'] }],
  ])('%s', (_, found) => {
    const log = JSON.parse(toSarif(found))
    valid(log)
    expect(valid.errors).toBeNull()
  })

  test('which a region without a number fails', () => {
    const log = JSON.parse(toSarif(audited([app, db])))
    log.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0
    expect(valid(log)).toBe(false)
  })
})

test.each(['rm -rf /', 'systemctl', 'systemctl status app', 'systemctl stop nginx'])(
  '%s asks for no job of these units, and is refused',
  (command) => {
    expect(audit([app, db], RULES, { command })).toBe(
      'The command asks for no job of a unit in these files, as `systemctl stop NAME` would.',
    )
  },
)
