/** A folder of rules' files, read and checked: whyjob's own, and packs that people have beside it. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import type { Rule, TestedRule } from '../hypotheses/rule.ts'
import { ruleOf } from '../hypotheses/rule-file.ts'

/** 7 to 9 are for packs, and never used by whyjob. */
const OWN_FILE = /^JC[1-6]\d\d-/
const PACK_FILE = /^JC[7-9]\d\d-/

/** Every rule, by code; or what is wrong, a line each: file, line, what to do. */
export function readRules(folder: string, named = OWN_FILE): { rules: TestedRule[]; problems: string[] } {
  const rules: TestedRule[] = []
  const problems: string[] = []
  for (const file of readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name) && name !== 'glossary.yaml')
    .sort()) {
    if (!named.test(file)) {
      problems.push(`${file}: its name has to match ${named.source}: a code of its own, then what it is`)
      continue
    }
    const lines = new LineCounter()
    const document = parseDocument(readFileSync(join(folder, file), 'utf8'), { lineCounter: lines })
    for (const error of document.errors) problems.push(`${file}:${lines.linePos(error.pos[0]).line}: ${error.message}`)
    if (document.errors.length > 0) continue
    const result = ruleOf(file, document.toJS())
    if ('rule' in result) rules.push(result.rule)
    else problems.push(...result.problems.map((problem) => withLine(problem, file, document, lines)))
  }
  const codes = rules.map((rule) => rule.code)
  for (const code of new Set(codes.filter((c, i) => codes.indexOf(c) !== i))) problems.push(`${code}: used twice`)
  return { rules, problems }
}

/** Without the names of pastes, which only the tests go through. */
export const withoutPastes = ({ firesOn: _, silentOn: __, ...rule }: TestedRule): Rule => rule

export const readPack = (folder: string): ReturnType<typeof readRules> => readRules(folder, PACK_FILE)

/** `FILE: remedies.0.risk: …` → `FILE:12: remedies.0.risk: …`, where that stands or would stand. */
function withLine(
  problem: string,
  file: string,
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
): string {
  const path = problem.slice(file.length + ': '.length).split(': ')[0] ?? ''
  for (let parts = path.split('.'); parts.length > 0; parts = parts.slice(0, -1)) {
    const node = document.getIn(parts, true)
    const at = typeof node === 'object' && node !== null && 'range' in node ? (node.range as number[])[0] : undefined
    if (at !== undefined) return `${file}:${lines.linePos(at).line}${problem.slice(file.length)}`
  }
  return `${file}:1${problem.slice(file.length)}`
}
