/** Errors of a request for a job, as a bus client sees them. Mirrors src/libsystemd/sd-bus/bus-common-errors.c. */

import type { Errno } from './unit-vtable.ts'

export type BusErrorName =
  | 'NoSuchUnit'
  | 'NoSuchJob'
  | 'LoadFailed'
  | 'BadUnitSetting'
  | 'UnitMasked'
  | 'JobTypeNotApplicable'
  | 'NoIsolation'
  | 'OnlyByDependency'
  | 'ShuttingDown'
  | 'TransactionJobsConflicting'
  | 'TransactionOrderIsCyclic'
  | 'TransactionIsDestructive'
  | 'ConcurrencyLimitReached'
  | 'InvalidArgs'
  | 'NotSupported'
  /** Any other number of errno.h. */
  | 'System'

export interface BusError {
  readonly name: BusErrorName
  readonly errno: Errno | 'ERFKILL' | 'EIO'
  readonly message: string
}

const ERRNO: Readonly<Record<BusErrorName, BusError['errno']>> = {
  NoSuchUnit: 'ENOENT',
  NoSuchJob: 'ENOENT',
  LoadFailed: 'EIO',
  BadUnitSetting: 'ENOEXEC',
  UnitMasked: 'ERFKILL',
  JobTypeNotApplicable: 'EBADR',
  NoIsolation: 'EPERM',
  OnlyByDependency: 'EINVAL',
  ShuttingDown: 'ECANCELED',
  TransactionJobsConflicting: 'EDEADLK',
  TransactionOrderIsCyclic: 'EDEADLK',
  TransactionIsDestructive: 'EDEADLK',
  ConcurrencyLimitReached: 'ETOOMANYREFS',
  InvalidArgs: 'EINVAL',
  NotSupported: 'EOPNOTSUPP',
  System: 'EIO',
}

export const busError = (name: BusErrorName, message: string): BusError => ({ name, errno: ERRNO[name], message })
