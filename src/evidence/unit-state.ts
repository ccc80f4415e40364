/** A unit's state as far as a listing shows it; what it does not show stays null. */

import type { Draft } from './desk.ts'

export type StateDraft = Extract<Draft, { readonly kind: 'unit-state' }>

/** What `shown` leaves out was not shown. */
export function unitState(source: string, unit: string, shown: Partial<StateDraft>): StateDraft {
  return {
    kind: 'unit-state',
    source,
    certainty: 1,
    unit,
    description: null,
    load: null,
    loadReason: null,
    path: null,
    fileState: null,
    preset: null,
    active: null,
    sub: null,
    result: null,
    since: null,
    sinceAgoUsec: null,
    triggeredBy: [],
    triggers: [],
    jobId: null,
    jobType: null,
    exec: [],
    dropIns: [],
    docs: [],
    mainPid: null,
    mainCommand: null,
    statusText: null,
    conditions: [],
    what: null,
    where: null,
    listen: [],
    nextElapse: null,
    needDaemonReload: false,
    ...shown,
  }
}
