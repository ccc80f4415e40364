/**
 * `npm run lab -- --record [--count N] [--systemd 247,262] [--family NAME,…] [--seed S] [--again]`: makes incidents.
 * `npm run lab -- --grade tune|kept-back|all [--field paste|minimal|journal|status] [--family …] [--verbose]`:
 * diagnoses them. `npm run lab -- --remedies [--grade tune]`: applies what is proposed, and says whether that ends the
 * incident.
 * `npm run lab -- --calibration FILE.svg`: draws how sure against how often right, of the split kept back.
 * `npm run lab -- --endure N`: diagnoses N mutated pastes; none may throw, take long, or be answered differently twice.
 * `npm run lab -- --show ID [--field …]`: prints one; `--export FOLDER` writes them for other graders.
 */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { optionsOf } from '../options.ts'
import { inParallel } from '../oracle/pool.ts'
import { VERSIONS, whyNoOracle } from '../oracle/roots.ts'
import { setUp } from '../oracle/setup.ts'
import { calibrationSvg } from './calibration.ts'
import { corpus, endure } from './endure.ts'
import { FAMILIES } from './families.ts'
import { type Field, gradeAll, report } from './grade.ts'
import { idOf, type Order, record, type Split } from './play.ts'
import { reportTrials, tryRemedies } from './remedies.ts'
import { casesOf, isRecorded, keep, recordings } from './store.ts'

const SIDE_BY_SIDE = 16
/** A step this late tells more of the machine's load than of systemd: the incident is made anew. */
const LATE_SECONDS = 0.3
const ATTEMPTS = 3

const { values } = optionsOf(import.meta.filename, {
  options: {
    record: { type: 'boolean' },
    grade: { type: 'string' },
    show: { type: 'string' },
    export: { type: 'string' },
    field: { type: 'string', default: 'paste' },
    family: { type: 'string' },
    systemd: { type: 'string' },
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '2' },
    jobs: { type: 'string' },
    again: { type: 'boolean' },
    remedies: { type: 'boolean' },
    calibration: { type: 'string' },
    endure: { type: 'string' },
    verbose: { type: 'boolean' },
  },
})

const families = values.family?.split(',')
const versions = values.systemd?.split(',').map(Number) ?? VERSIONS

function orders(): Order[] {
  const list: Order[] = []
  for (let variant = 0; variant < Number(values.count); variant++) {
    for (const { name, since = 0, until = Number.POSITIVE_INFINITY } of FAMILIES) {
      if (families !== undefined && !families.includes(name)) continue
      for (const version of versions) {
        if (version >= since && version <= until) list.push({ family: name, version, variant, seed: values.seed })
      }
    }
  }
  return list
}

async function recordOne(order: Order): Promise<string | null> {
  let why = ''
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const recording = await record(order)
    if ('failed' in recording) why = recording.failed
    else if (recording.answers.late > LATE_SECONDS) why = `a step was ${recording.answers.late.toFixed(2)} s late`
    else {
      keep(recording)
      return null
    }
  }
  return `${idOf(order)}: ${why}`
}

async function recordAll(): Promise<number> {
  const why = whyNoOracle()
  if (why !== null) {
    console.error(why)
    return 2
  }
  setUp()
  const wanted = orders().filter((order) => values.again || !isRecorded(order.seed, idOf(order)))
  const width = Number(values.jobs ?? SIDE_BY_SIDE)
  const problems = (
    await inParallel(
      wanted.map((order) => () => recordOne(order)),
      width,
    )
  ).filter((p) => p !== null)
  for (const problem of problems) console.log(problem)
  console.log(`${wanted.length} incidents, ${problems.length} not recorded`)
  return problems.length === 0 ? 0 : 1
}

async function tryAll(): Promise<number> {
  const split = values.grade === undefined || values.grade === 'all' ? null : (values.grade as Split)
  const found = recordings(values.seed, split).filter(isWanted)
  const width = Number(values.jobs ?? SIDE_BY_SIDE)
  const trials = (
    await inParallel(
      found.map((recording) => () => tryRemedies(recording)),
      width,
    )
  ).flat()
  console.log(reportTrials(trials, found))
  return trials.every(({ proven, gone }) => gone || !proven) ? 0 : 1
}

const isWanted = ({ family, version }: { family: string; version: number }) =>
  (families === undefined || families.includes(family)) && versions.includes(version)

function chosen(split: string): ReturnType<typeof casesOf> {
  const cases = casesOf(values.seed, split === 'all' ? null : (split as Split))
  return cases.filter(isWanted)
}

/** Far above what any paste takes, and far below what a loop without an end would. */
const MOST_MILLISECONDS = 1500

function endureAll(count: number): number {
  const made = casesOf(values.seed, null).flatMap(({ paste, minimal, journal, status }) => [
    paste,
    minimal,
    journal,
    status,
  ])
  const pastes = [...corpus(), ...made].filter((paste) => paste !== '')
  const { problems, slowestMs, slowestSeed } = endure(pastes, count, values.seed, MOST_MILLISECONDS)
  for (const problem of problems) console.log(problem)
  const slowest = `the slowest took ${slowestMs.toFixed(0)} ms (${slowestSeed})`
  console.log(`${count} mutations of ${pastes.length} pastes, ${problems.length} with a problem; ${slowest}`)
  return problems.length === 0 ? 0 : 1
}

const NAMES = { paste: 'full paste', minimal: 'client and unit files' }

async function main(): Promise<number> {
  const field = values.field as Field
  if (values.record) return recordAll()
  if (values.remedies) return tryAll()
  if (values.endure !== undefined) return endureAll(Number(values.endure))
  if (values.show !== undefined) {
    for (const one of chosen('all').filter(({ id }) => id === values.show)) console.log(one[field])
    return 0
  }
  if (values.export !== undefined) {
    mkdirSync(values.export, { recursive: true })
    for (const one of chosen(values.grade ?? 'all')) {
      writeFileSync(join(values.export, `${one.id}.json`), `${JSON.stringify(one, null, 1)}\n`)
    }
    return 0
  }
  if (values.calibration !== undefined) {
    const cases = chosen(values.grade ?? 'kept-back')
    const series = (['paste', 'minimal'] as const).map((name) => ({ name: NAMES[name], grades: gradeAll(cases, name) }))
    writeFileSync(values.calibration, calibrationSvg(series))
    return 0
  }
  if (values.grade !== undefined) {
    console.log(report(gradeAll(chosen(values.grade), field), values.verbose ?? false))
    return 0
  }
  console.error('usage: lab --record | --grade tune|kept-back|all | --show ID | --export FOLDER')
  return 2
}

process.exitCode = await main()
