/** The manager's sentences about requests that it refused, its own ones and a client's. */

import { ERRNO_TEXT } from '../systemd/specifiers.ts'
import { triggeredByDefault } from '../systemd/unit.ts'
import { busErrorIn } from './bus-errors.ts'
import { typeOf } from './client.ts'
import type { Draft } from './desk.ts'
import type { Refusal } from './fact.ts'
import type { Args, Common } from './manager.ts'

/** On whose behalf the manager asked itself. */
function behalfOf(key: string, args: Args): string | null {
  if (key === 'unit-enqueue-failed') return 'state'
  if (key.includes('on-failed')) return args.kind ?? 'OnFailure'
  if (key.includes('dependency')) return 'dependency'
  if (key.includes('isolate')) return 'isolate'
  if (key.includes('queue') || key.includes('trigger')) return 'trigger'
  if (key.includes('restart')) return 'auto-restart'
  return key === 'manager-special-failed' ? 'manager' : null
}

/**
 * `…: Transaction for x/start is destructive (…)`: a request of the manager's own, or of a client, was refused; null
 * for an error that is none. The line is about `unit`, if about any, and the sentence may name another.
 */
export function refusal(
  key: string,
  args: Args,
  unit: string | null,
  named: string | null,
  common: Common,
): Draft | null {
  const said = key === CONTRADICTS && args.error === ERRNO_TEXT.EDEADLK ? DESTRUCTIVE : (args.error ?? '')
  const error = busErrorIn(said) ?? namelessError(args, named)
  if (!error || NOT_REFUSALS.has(error.error)) return null
  const own = key === 'unit-enqueue-failed' || key.includes('dependency') ? unit : null
  return {
    ...common,
    kind: 'request-refused',
    unit: error.unit ?? own ?? error.other ?? triggeredBy(key, unit) ?? named,
    type: typeOf(error.type ?? args.type ?? (key.includes('restart') ? 'restart' : QUEUED.test(key) ? 'start' : null)),
    error: error.error,
    via: 'manager',
    other: error.other,
    queued: error.queued,
    included: error.included,
    text: args.error ?? '',
    onBehalf: behalfOf(key, args),
  }
}

const QUEUED = /(?:^|-)(?:queue|activation)-failed$/

/** What a trigger could not queue is the start of the unit that it is for, by default the one of its name. */
const triggeredBy = (key: string, unit: string | null): string | null =>
  QUEUED.test(key) && unit !== null ? triggeredByDefault(unit) : null

/** Up to 230 the unit that is masked or missing stood before the error only. */
function namelessError(args: Args, named: string | null): ReturnType<typeof busErrorIn> {
  const error = named === null ? null : busErrorIn(`Failed to start ${named}: ${args.error ?? ''}`)
  return error && { ...error, other: error.other ?? named }
}

/** Asked by the manager itself it has, up to 237, only the number of the error for a reason. */
const CONTRADICTS = 'transaction-contradicts'
const DESTRUCTIVE = 'Transaction is destructive.'

/** Of system calls rather than of the job engine. */
const NOT_REFUSALS: ReadonlySet<Refusal> = new Set(['access-denied', 'timeout', 'disconnected', 'no-bus'])
