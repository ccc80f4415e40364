/** rules/*.yaml → src/hypotheses/catalog.json. With --check, only says whether the catalog is up to date. */

import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseDocument } from 'yaml'
import { readRules, withoutPastes } from '../src/adapters/rule-files.ts'
import { catalogText } from '../src/hypotheses/catalog-file.ts'
import type { GlossaryEntry, TestedRule } from '../src/hypotheses/rule.ts'
import { glossaryOf } from '../src/hypotheses/rule-file.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const target = join(root, 'src/hypotheses/catalog.json')

/** systemd's words, in the order of the file. */
export function readGlossary(folder: string): { glossary: readonly GlossaryEntry[]; problems: readonly string[] } {
  const result = glossaryOf(parseDocument(readFileSync(join(folder, 'glossary.yaml'), 'utf8')).toJS())
  return 'glossary' in result ? { ...result, problems: [] } : { glossary: [], ...result }
}

export function writtenCatalog(rules: readonly TestedRule[], glossary: readonly GlossaryEntry[]): string {
  return catalogText({ rules: rules.map(withoutPastes), glossary })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { rules, problems: wrong } = readRules(join(root, 'rules'))
  const { glossary, problems: wrongWords } = readGlossary(join(root, 'rules'))
  const problems = [...wrong, ...wrongWords]
  if (problems.length > 0) {
    console.error(problems.join('\n'))
    process.exit(1)
  }
  const text = writtenCatalog(rules, glossary)
  if (process.argv.includes('--check')) {
    if (readFileSync(target, 'utf8') === text) process.exit(0)
    console.error('src/hypotheses/catalog.json is not what rules/ say: run `npm run catalog`')
    process.exit(1)
  }
  writeFileSync(target, text)
  console.log(`${rules.length} rules, ${glossary.length} words`)
}
