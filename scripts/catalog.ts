/** rules/*.yaml → src/hypotheses/catalog.json. With --check, only says whether the catalog is up to date. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LineCounter, parseDocument } from 'yaml'
import { catalogText } from '../src/hypotheses/catalog-file.ts'
import type { GlossaryEntry, Rule, TestedRule } from '../src/hypotheses/rule.ts'
import { glossaryOf, ruleOf } from '../src/hypotheses/rule-file.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const target = join(root, 'src/hypotheses/catalog.json')

/** Every rule, by code; or what is wrong, a line each. */
export function readRules(folder: string): { rules: TestedRule[]; problems: string[] } {
  const rules: TestedRule[] = []
  const problems: string[] = []
  for (const file of readdirSync(folder)
    .filter((name) => name.startsWith('JC'))
    .sort()) {
    const lines = new LineCounter()
    const document = parseDocument(readFileSync(join(folder, file), 'utf8'), { lineCounter: lines })
    for (const error of document.errors) problems.push(`${file}:${lines.linePos(error.pos[0]).line}: ${error.message}`)
    const result = ruleOf(file, document.toJS())
    if ('rule' in result) rules.push(result.rule)
    else problems.push(...result.problems)
  }
  const codes = rules.map((rule) => rule.code)
  for (const code of new Set(codes.filter((c, i) => codes.indexOf(c) !== i))) problems.push(`${code}: used twice`)
  return { rules, problems }
}

/** systemd's words, in the order of the file. */
export function readGlossary(folder: string): { glossary: readonly GlossaryEntry[]; problems: readonly string[] } {
  const result = glossaryOf(parseDocument(readFileSync(join(folder, 'glossary.yaml'), 'utf8')).toJS())
  return 'glossary' in result ? { ...result, problems: [] } : { glossary: [], ...result }
}

/** Without the names of pastes, which only the tests go through. */
export function writtenCatalog(rules: readonly TestedRule[], glossary: readonly GlossaryEntry[]): string {
  return catalogText({ rules: rules.map(({ firesOn: _, silentOn: __, ...rule }): Rule => rule), glossary })
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
