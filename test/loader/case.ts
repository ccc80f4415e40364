// A case is a file in the manner of a scenario: units, and no timeline.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isUnitSymlink, parseScenario, type ScenarioFile } from '../../src/systemd/scenario.ts'
import { parseUnitName } from '../../src/systemd/unit.ts'

export interface LoadCase {
  readonly name: string
  readonly manager: 'system' | 'user'
  readonly files: readonly ScenarioFile[]
  /** Units beyond those that have a file: instances, and names without one. */
  readonly more: readonly string[]
  /** Where only some messages count: those with this in them. */
  readonly only: string
  /** The first release that survives it. */
  readonly minver: number
}

const folder = join(import.meta.dirname, 'cases')

export function caseNames(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.scenario'))
    .map((name) => name.replace(/\.scenario$/, ''))
    .sort()
}

export function readCase(name: string): LoadCase {
  const {
    manager,
    files,
    headers,
    problems,
    minver = 0,
  } = parseScenario(readFileSync(join(folder, `${name}.scenario`), 'utf8'))
  if (problems.length > 0) throw new Error(`${name}: ${JSON.stringify(problems)}`)
  return {
    name,
    manager,
    files,
    more: (headers.load ?? '').split(' ').filter((word) => word !== ''),
    minver,
    only: headers.only ?? '',
  }
}

/** Everything that has a file of its own, but no templates. */
export function unitsToLoad({ files, more }: LoadCase): string[] {
  const own = files.map(({ name }) => name).filter((name) => !name.includes('/') && !isUnitSymlink(name))
  return [...own.filter((name) => parseUnitName(name)?.instance !== ''), ...more]
}
