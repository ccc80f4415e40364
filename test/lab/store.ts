/** Where recordings lie: outside of the repository, a file each. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../oracle/roots.ts'
import { composeCase, type LabCase } from './paste.ts'
import type { Recording, Split } from './play.ts'

export const labFolder = (seed: string) => cacheFolder('lab', seed)

const fileFor = (seed: string, id: string) => join(labFolder(seed), `${id}.json`)

export const isRecorded = (seed: string, id: string) => existsSync(fileFor(seed, id))

export function keep(recording: Recording): void {
  mkdirSync(labFolder(recording.seed), { recursive: true })
  writeFileSync(fileFor(recording.seed, recording.id), `${JSON.stringify(recording, null, 1)}\n`)
}

export function recordings(seed: string, split: Split | null): Recording[] {
  if (!existsSync(labFolder(seed))) return []
  return readdirSync(labFolder(seed))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(labFolder(seed), name), 'utf8')) as Recording)
    .filter((recording) => split === null || recording.split === split)
}

export interface Gradable extends LabCase {
  readonly family: string
  readonly version: number
}

export const casesOf = (seed: string, split: Split | null): Gradable[] =>
  recordings(seed, split).map((recording) => ({
    ...composeCase(recording),
    family: recording.family,
    version: recording.version,
  }))
