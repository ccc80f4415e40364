/** systemd's words around jobs, each in a sentence or two. */

import { CAUSES, type Cause } from '../hypotheses/cause.ts'
import type { JobMode, JobResult } from '../systemd/job.ts'
import { CAUSE_WORDS } from './causes.ts'
import type { Report } from './report.ts'

const RESULTS: Readonly<Record<JobResult, string>> = {
  done: 'The job did what it was for, or there was nothing left to do.',
  canceled: `The job was taken out before it finished: a conflicting job took its slot, an isolate or a flush swept it
out, or someone canceled it. Above debug level nothing says so; only a client that waits is told.`,
  timeout: 'The job took longer than it may (`JobTimeoutSec=`, `JobRunningTimeoutSec=`).',
  failed: 'The job ran and its unit failed.',
  dependency: 'The job of a unit that this one requires did not succeed, so that this one never ran.',
  skipped: 'There was nothing to do in the state that the unit was in.',
  invalid: 'The unit cannot do what was asked, a reload without a way to reload for instance.',
  assert: 'An `Assert…=` of the unit did not hold.',
  unsupported: 'This system cannot have units of that type.',
  collected: 'The unit was thrown away before its job ran.',
  once: 'The unit may be started only once, as a scope may.',
  frozen: 'The unit is frozen, and a frozen unit takes no such job.',
  concurrency: 'The slice that the unit is in holds as many units as it may.',
}

const MODES: Readonly<Record<JobMode, string>> = {
  replace: 'A conflicting job that has not finished is canceled and replaced. The default of `systemctl`.',
  fail: 'The request is refused if it would displace a job that has not finished.',
  'replace-irreversibly': 'Like replace, but the new jobs may not be displaced in their turn. Shutdown uses it.',
  isolate: 'Starts one unit with what it needs, and stops every other unit that does not have `IgnoreOnIsolate=`.',
  flush: 'Cancels every other job in the queue.',
  'ignore-dependencies': 'Only the one job, without requirements and without order.',
  'ignore-requirements': 'Only the one job, but in its order.',
  triggering: 'For stops: the units that trigger this one are stopped with it.',
  'restart-dependencies': 'For starts: what depends on the unit is restarted with it.',
  lenient: 'Like fail, and refused as well if it would stop a unit that is running.',
}

const NOTIONS: Readonly<Record<string, string>> = {
  job: `A request that is being carried out: start, stop, restart or reload of one unit. A unit holds one job at a time.
A second one is merged with it or, where the two conflict, displaces it or is refused.`,
  slot: 'The place for the one job that a unit holds. A conflicting job that is installed there cancels the older one.',
  transaction: `All the jobs that one request leads to through dependencies. It is checked as a whole: either all
of them are installed or none.`,
  merge: `Two jobs for one unit become one that stands for both: start and restart become restart. Start and stop
cannot be merged: they conflict.`,
  destructive: `A transaction is destructive if it would displace a job that may not be displaced. It is refused:
nothing of it happens.`,
}

export const TERMS: Readonly<Record<string, string>> = { ...NOTIONS, ...MODES, ...RESULTS }

/** Null for a word that is none of systemd's here, and no cause. */
export function termReport(term: string): Report | null {
  const cause = CAUSES.find((one) => one === term)
  const text = Object.hasOwn(TERMS, term) ? TERMS[term] : cause && causeText(cause)
  return text === undefined ? null : { kind: 'term', title: term, codes: [], blocks: [{ kind: 'text', text }] }
}

const causeText = (cause: Cause): string => `A job was canceled, refused or failed because ${CAUSE_WORDS[cause]}.`
