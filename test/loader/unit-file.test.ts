// Lines, sections and assignments of one text.

import { expect, test } from 'vitest'
import { parseUnitFile, unitTypeOfFile } from '../../src/systemd/unit-file.ts'

const read = (text: string, file = 'a.service', version = 252) => parseUnitFile(text, { file, version })

test('assignments with section and line', () => {
  const { assignments, diagnostics } = read('[Unit]\nA = b \n\n[Service]\nC=\n')
  expect(assignments).toEqual([
    { section: 'Unit', key: 'A', value: 'b', line: 2, startLine: 2 },
    { section: 'Service', key: 'C', value: '', line: 5, startLine: 5 },
  ])
  expect(diagnostics).toEqual([])
})

test('a continued line counts as its last, and a comment within is no part of it', () => {
  const { assignments } = read('[Unit]\nA=b \\\n# no\n  c \\\nd\nE=f\\')
  expect(assignments).toEqual([
    { section: 'Unit', key: 'A', value: 'b    c  d', line: 5, startLine: 2 },
    { section: 'Unit', key: 'E', value: 'f', line: 7, startLine: 6 },
  ])
})

test('an even number of backslashes ends a line like any other', () => {
  expect(read('[Unit]\nA=b\\\\\nC=d').assignments.map(({ value }) => value)).toEqual(['b\\\\', 'd'])
})

test('CR LF and a byte order mark', () => {
  const { assignments, diagnostics } = read('\ufeff[Unit]\r\nA=b\r\nC=d \\\r\ne\r\n')
  expect(assignments.map(({ key, value, line }) => [key, value, line])).toEqual([
    ['A', 'b', 2],
    ['C', 'd  e', 4],
  ])
  expect(diagnostics).toEqual([])
})

test('lines are counted from where the text begins in a paste', () => {
  const { assignments, diagnostics } = parseUnitFile('[Unit]\nA=b\nc\n', { file: 'a.service', firstLine: 40 })
  expect(assignments[0]?.line).toBe(41)
  expect(diagnostics).toEqual([{ file: 'a.service', line: 42, level: 'warning', text: "Missing '=', ignoring line." }])
})

test('a header without its end ends the file', () => {
  const { assignments, diagnostics } = read('[Unit]\nA=b\n[Unit\nC=d\n')
  expect(assignments).toHaveLength(1)
  expect(diagnostics).toEqual([{ file: 'a.service', line: 3, level: 'err', text: "Invalid section header '[Unit'" }])
})

test.each([
  [247, undefined],
  [252, `Bad characters in section header '[U"nit]'`],
  [262, `Section header invalid '[U"nit]'`],
])('quotes in a header, systemd %i', (version, text) => {
  const { diagnostics } = read('[U"nit]\n', 'a.service', version)
  expect(diagnostics[0]?.text).toBe(text ?? `Unknown section 'U"nit'. Ignoring.`)
})

test('sections are those of the type that the name tells', () => {
  const text = '[Service]\nA=b\n[Socket]\nA=c\n[X-Mine]\nA=d\n'
  expect(read(text, 'a.service').assignments.map(({ value }) => value)).toEqual(['b'])
  expect(read(text, '/etc/systemd/system/a.socket.d/x.conf').assignments.map(({ value }) => value)).toEqual(['c'])
  expect(read(text, 'pasted text').assignments.map(({ value }) => value)).toEqual(['b', 'c'])
})

test('a line that is too long ends the file', () => {
  expect(read(`[Unit]\nA=${'x'.repeat(1 << 20)}\nB=c\n`)).toMatchObject({
    assignments: [],
    diagnostics: [{ text: 'Line too long' }],
  })
})

test.each([
  ['a.service', 'service'],
  ['/etc/systemd/system/a@.timer', 'timer'],
  ['/run/a-b.mount.d/x.conf', 'mount'],
  ['service.d/x.conf', 'service'],
  ['x.conf', null],
  ['a.txt', null],
])('%s is of type %s', (file, type) => {
  expect(unitTypeOfFile(file)).toBe(type)
})
