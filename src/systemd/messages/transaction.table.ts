/** src/core/transaction.c. */

import type { MessageSpec } from '../messages.ts'

const unit = (level: MessageSpec['level'], text: string, span = {}): MessageSpec => ({
  level,
  prefixed: true,
  wordings: [{ text, ...span }],
})
const manager = (level: MessageSpec['level'], text: string): MessageSpec => ({
  level,
  prefixed: false,
  wordings: [{ text }],
})

export const TRANSACTION_MESSAGES = {
  'transaction-cycle-found': unit('warning', 'Found ordering cycle on {job}', { until: 258 }),
  'transaction-cycle-dependency': unit('warning', 'Found dependency on {job}', { until: 258 }),
  'transaction-cycle-path': {
    level: 'err',
    prefixed: true,
    messageId: 'f27a3f94406a4783b946a9bc849e9452',
    wordings: [{ text: 'Found ordering cycle: {path}', since: 259 }],
  },
  'transaction-cycle-deleted': {
    level: 'err',
    prefixed: true,
    wordings: [
      { text: 'Job {job} deleted to break ordering cycle starting with {start}', until: 258 },
      {
        text: 'Job {job} deleted to break ordering cycle starting with {start}',
        since: 259,
        level: 'warning',
        messageId: '5084367542f7472dbc6a94125d5debce',
      },
    ],
  },
  'transaction-cycle-unbreakable': {
    level: 'err',
    prefixed: true,
    wordings: [
      { text: 'Unable to break cycle starting with {start}', until: 258 },
      {
        text: 'Unable to break cycle starting with {start}',
        since: 259,
        messageId: 'b3112ddad19045538c76685ba5918a80',
      },
    ],
  },
  'transaction-cyclic': manager(
    'warning',
    'Requested transaction contains an unfixable cyclic ordering dependency: {error}',
  ),
  'transaction-unmergeable': manager('warning', 'Requested transaction contains unmergeable jobs: {error}'),
  'transaction-contradicts': manager('notice', 'Requested transaction contradicts existing jobs: {error}'),
  'transaction-dependency-ignored': unit('warning', 'Cannot add dependency job, ignoring: {error}'),
  'transaction-dependency-ignored-debug': unit('debug', 'Cannot add dependency job, ignoring: {error}'),
  'transaction-dependency-reload-ignored': unit('warning', 'Cannot add dependency reload job, ignoring: {error}'),
  'transaction-dependency-deleted': unit(
    'debug',
    'Cannot add dependency job to transaction, deleting job {job} again: {error}',
  ),
  'transaction-isolate-ignored': unit('warning', 'Cannot add isolate job, ignoring: {error}'),
  'transaction-triggered-by-ignored': unit('warning', 'Cannot add triggered by job, ignoring: {error}'),
  'transaction-would-stop': unit('debug', '{job} would stop a running service.'),
  'transaction-would-change': unit('debug', '{job} would change existing job.'),
  'transaction-minimize': unit('debug', 'Deleting {job} to minimize impact.'),
  'transaction-looking': unit('debug', 'Looking at job {job} conflicted_by={conflicted}'),
  'transaction-fixing': unit('debug', 'Fixing conflicting jobs {a},{b} by deleting job {deleted}'),
  'transaction-deleting-dependent': unit('debug', 'Deleting job {job} as dependency of job {of}'),
  'transaction-dropping-nop': manager(
    'debug',
    'Dropping NOP job for {unit}, a regular job for the same unit is part of the transaction.',
  ),
} as const satisfies Record<string, MessageSpec>
