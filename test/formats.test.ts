// The page of formats says what is so, and there is a sample of each.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { FORMATS_FILE, formatsText } from '../scripts/formats.ts'

test('docs/formats.md is up to date', () => {
  expect(readFileSync(FORMATS_FILE, 'utf8')).toBe(formatsText())
})
