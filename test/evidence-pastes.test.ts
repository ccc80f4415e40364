// Texts as people paste them, and what is to be read in them. `--update` renews what is expected: read that diff as
// behavior.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { gather } from '../src/evidence/gather.ts'
import { printFacts } from './pastes/print.ts'

const folder = join(import.meta.dirname, 'pastes')
const pastes = readdirSync(folder).filter((name) => name.endsWith('.paste'))

test.each(pastes)('%s', async (name) => {
  const facts = gather(readFileSync(join(folder, name), 'utf8'))
  await expect(printFacts(facts)).toMatchFileSnapshot(join('pastes', name.replace('.paste', '.facts')))
})
