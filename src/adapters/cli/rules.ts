/** Rules beside whyjob's own: those of a folder, and `whyjob rules`, which makes them into a pack for an edge. */

import { statSync } from 'node:fs'
import type { Rule } from '../../hypotheses/rule.ts'
import { RULES } from '../catalog.ts'
import { ANSWERED, print, Usage } from './io.ts'

/** whyjob's own, and then those of the folder, if one is named. */
export async function rulesWith(folder: string | undefined): Promise<readonly Rule[]> {
  return folder === undefined ? RULES : [...RULES, ...(await packIn(folder))]
}

async function packIn(folder: string): Promise<readonly Rule[]> {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Usage(`${folder}: there is no such folder.`)
  const { readPack, withoutPastes } = await import('../rule-files.ts')
  const { rules, problems } = readableOr(() => readPack(folder), folder)
  if (problems.length > 0) throw new Usage(`The rules in ${folder} cannot be used.\n${problems.join('\n')}`)
  if (rules.length === 0) throw new Usage(`${folder}: there is no rule in it, such as JC701-our-deploy.yaml.`)
  return rules.map(withoutPastes)
}

/** What the system refuses, a file that is a folder or is not theirs to read, is for whoever named the folder to mend. */
function readableOr<T>(read: () => T, folder: string): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof Error && 'code' in error ? new Usage(`${folder}: ${error.message}.`) : error
  }
}

export async function rules(folder: string): Promise<number> {
  await print(`${JSON.stringify({ rules: await packIn(folder) })}\n`)
  return ANSWERED
}
