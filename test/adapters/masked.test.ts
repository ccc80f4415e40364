// What is kept is masked, and is diagnosed again: that must not change what is said.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RULES } from '../../src/adapters/catalog.ts'
import { masked } from '../../src/adapters/masked.ts'
import { diagnose } from '../../src/diagnose.ts'

const folder = join(import.meta.dirname, '../pastes')
const files = readdirSync(folder).filter((file) => /\.(?:txt|paste)$/.test(file))

test('a masked paste is answered as the paste is', { timeout: 280_000 }, () => {
  const others = files.flatMap((file) => {
    const paste = readFileSync(join(folder, file), 'utf8')
    const [plain, hidden] = [paste, masked(paste).text].map((text) => diagnose(text, RULES))
    return plain?.code === hidden?.code && plain?.outcome === hidden?.outcome ? [] : [file]
  })
  expect(others).toEqual([])
})

/** Whoever was the third may be counted as the first the next time. */
const uncounted = (text: string): string => text.replace(/-\d+\]/g, ']')

test('masking twice hides nothing more', () => {
  for (const file of files) {
    const once = masked(readFileSync(join(folder, file), 'utf8')).text
    expect(uncounted(masked(once).text), file).toBe(uncounted(once))
  }
})
