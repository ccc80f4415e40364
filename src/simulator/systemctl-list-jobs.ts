/** The table of jobs. Mirrors src/systemctl/systemctl-list-jobs.c and table_print(), src/shared/format-table.c (v255). */

import type { SystemctlDeed } from '../systemd/scenario.ts'
import { matchesGlob } from './files.ts'
import type { Job } from './job.ts'
import { jobCompare } from './job-order.ts'
import type { Manager } from './manager.ts'
import type { ClientEnd } from './systemctl.ts'
import { hasLegend } from './systemctl-options.ts'
import { deps } from './unit-dependency.ts'

type Row = readonly [job: string, unit: string, type: string, state: string]

/** Mirrors verb_list_jobs() and output_jobs_list(). Differs: by id, where systemd walks a hash map. */
export function verbListJobs(m: Manager, deed: SystemctlDeed): ClientEnd {
  const all = [...m.jobs.values()]
  const shown = all.filter(({ unit }) => deed.units.length === 0 || deed.units.some((one) => matchesGlob(one, unit.id)))
  const legend = hasLegend(deed)
  if (shown.length === 0) {
    const words = `No jobs ${all.length > 0 ? 'listed' : 'running'}.`
    return { status: 0, output: legend ? words : '' }
  }
  const rows: Row[] = legend ? [['JOB', 'UNIT', 'TYPE', 'STATE']] : []
  for (const j of shown) rows.push([String(j.id), j.unit.id, j.type, j.state], ...neighbours(m, deed, j))
  const lines = tableLines(rows, m.features.tableCountsTabAsEight ? 8 : 1)
  if (legend) lines.push('', `${shown.length} jobs listed.`)
  return { status: 0, output: lines.join('\n') }
}

/** Mirrors output_waiting_jobs(). Up to v251 the two options had each other's words. */
function neighbours(m: Manager, { flags }: SystemctlDeed, j: Job): Row[] {
  const [blocking, waiting] = ['blocking job', 'waiting for job']
  const [after, before] = m.features.listJobsNamesDirection ? [blocking, waiting] : [waiting, blocking]
  const rows = (words: string, others: readonly Job[]): Row[] =>
    others.map(({ id, unit, type }) => ['└─', `\t${words} ${id} (${unit.id}/${type})`, '-', '-'])
  return [
    ...(flags.includes('--after') ? rows(after, jobsAround(j, 1)) : []),
    ...(flags.includes('--before') ? rows(before, jobsAround(j, -1)) : []),
  ]
}

/** Mirrors job_get_after() with 1: the jobs that wait for this one; and job_get_before() with -1. */
function jobsAround(j: Job, side: 1 | -1): Job[] {
  const found = (['Before', 'After'] as const).flatMap((direction) =>
    deps(j.unit, direction).flatMap(({ job }) =>
      job && jobCompare(job, j, opposite(direction)) === side ? [job] : [],
    ),
  )
  return [...new Set(found)]
}

const opposite = (direction: 'Before' | 'After'): 'Before' | 'After' => (direction === 'Before' ? 'After' : 'Before')

/** Every cell but a row's last is as wide as its column. Where a tab counts as eight, what fills up takes it for one. */
function tableLines(rows: readonly Row[], tabWidth: number): string[] {
  const widthOf = (cell: string): number => cell.length + (cell.includes('\t') ? tabWidth - 1 : 0)
  const widths = [0, 1, 2].map((column) => rows.reduce((most, row) => Math.max(most, widthOf(row[column] ?? '')), 0))
  const filled = (cell: string, width = 0): string => (widthOf(cell) < width ? cell.padEnd(width) : cell)
  return rows.map((row) => row.map((cell, column) => filled(cell, widths[column])).join(' '))
}
