// Real managers of five releases loaded these units; the loader says the same of each.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createLoader } from '../../src/systemd/unit-load.ts'
import { caseNames, readCase, unitsToLoad } from './case.ts'
import { comparable, expected } from './compare.ts'
import type { Recording } from './dump.ts'

describe.each(caseNames())('%s', (name) => {
  const loadCase = readCase(name)
  const file = join(import.meta.dirname, 'recordings', `${name}.json`)
  const recording: Recording = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}

  test.each(Object.keys(recording).map(Number))('as systemd %i loads it', (version) => {
    const load = createLoader(loadCase.files, { version, manager: loadCase.manager, includeStock: false })
    const ours: Record<string, unknown> = {}
    const theirs: Record<string, unknown> = {}
    for (const unit of unitsToLoad(loadCase)) {
      const recorded = recording[version]?.[unit]
      // A name that is another's alias, or no name at all, is no unit of its own.
      if (recorded === undefined) continue
      const config = load(unit)
      ours[unit] = comparable(config, recorded, loadCase.only)
      theirs[unit] = expected(config, recorded, loadCase.only)
    }
    expect(ours).toEqual(theirs)
  })
})
