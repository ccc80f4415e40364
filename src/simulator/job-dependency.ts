/**
 * The links of a transaction: who wants whom. Mirrors JobDependency, job_dependency_new() and job_dependency_free(),
 * src/core/job.c (v255): each link is in two lists, that of its subject and that of its object.
 */

import type { Job } from './job.ts'

/** `subject` wants `object`. */
export interface JobDependency {
  subject: Job
  object: Job
  readonly matters: boolean
  readonly conflicts: boolean
  nextPull: JobDependency | null
  lastPull: JobDependency | null
  nextPulledBy: JobDependency | null
  lastPulledBy: JobDependency | null
}

/** Mirrors job_dependency_new(). Differs: the newest comes last. */
export function jobDependencyNew(subject: Job, object: Job, matters: boolean, conflicts: boolean): void {
  const link: JobDependency = {
    subject,
    object,
    matters,
    conflicts,
    nextPull: null,
    lastPull: null,
    nextPulledBy: null,
    lastPulledBy: null,
  }
  appendPull(link)
  appendPulledBy(link)
}

/** Mirrors job_dependency_free(). */
export function jobDependencyFree(link: JobDependency): void {
  removePull(link)
  removePulledBy(link)
}

/** Both lists of a job that is about to be applied: nobody asks who wanted it any more. */
export function jobForgetDependencies(j: Job): void {
  j.firstPull = null
  j.lastPull = null
  j.firstPulledBy = null
  j.lastPulledBy = null
}

/** What `other` pulls in and what pulls it in goes over to `j`; on the far ends the links count as new. */
export function jobMoveDependencies(j: Job, other: Job): void {
  for (let link = other.firstPull; link; ) {
    const next = link.nextPull
    jobDependencyFree(link)
    link.subject = j
    appendPull(link)
    appendPulledBy(link)
    link = next
  }
  for (let link = other.firstPulledBy; link; ) {
    const next = link.nextPulledBy
    jobDependencyFree(link)
    link.object = j
    appendPull(link)
    appendPulledBy(link)
    link = next
  }
}

function appendPull(link: JobDependency): void {
  const { subject } = link
  link.lastPull = subject.lastPull
  link.nextPull = null
  if (subject.lastPull) subject.lastPull.nextPull = link
  else subject.firstPull = link
  subject.lastPull = link
}

function appendPulledBy(link: JobDependency): void {
  const { object } = link
  link.lastPulledBy = object.lastPulledBy
  link.nextPulledBy = null
  if (object.lastPulledBy) object.lastPulledBy.nextPulledBy = link
  else object.firstPulledBy = link
  object.lastPulledBy = link
}

function removePull(link: JobDependency): void {
  const { subject, lastPull, nextPull } = link
  if (lastPull) lastPull.nextPull = nextPull
  else subject.firstPull = nextPull
  if (nextPull) nextPull.lastPull = lastPull
  else subject.lastPull = lastPull
}

function removePulledBy(link: JobDependency): void {
  const { object, lastPulledBy, nextPulledBy } = link
  if (lastPulledBy) lastPulledBy.nextPulledBy = nextPulledBy
  else object.firstPulledBy = nextPulledBy
  if (nextPulledBy) nextPulledBy.lastPulledBy = lastPulledBy
  else object.lastPulledBy = lastPulledBy
}
