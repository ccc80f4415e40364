/** Who asked, as the manager's debug log has it: a method call, and right after it the job that it asks for. */

import { JOB_MODES } from '../systemd/job.ts'
import { METHODS, UNIT_METHODS } from './command.ts'
import { type Desk, isNoted, type Noted } from './desk.ts'
import type { JobWord } from './fact.ts'

/** The log has no arguments of a call; the manager answers one call before it reads the next. */
export function noteCallers(desk: Desk): void {
  let call: Noted | null = null
  const requests: Noted[] = []
  for (const noted of desk.noted) {
    if (isNoted(noted, 'bus-message')) {
      if (noted.draft.message === 'call') call = noted.draft.source === LOG && jobAskedFor(noted) ? noted : null
    } else if (call && isNoted(noted, 'job-debug') && noted.draft.event === 'trying') {
      const { unit, type, mode, managerPid } = noted.draft
      // Each manager has a connection of its own: what another one tries in the meantime is none of this call's.
      if (managerOf(desk, call) !== managerPid) continue
      // A call that was refused tries nothing; the next job is then somebody else's.
      const request = (jobAskedFor(call) === 'stop') === (type === 'stop') ? requestOf(call, unit, mode) : null
      if (request) requests.push(request)
      call = null
    }
  }
  desk.noted.push(...requests)
}

const LOG = 'journal'

function jobAskedFor(noted: Noted): JobWord | null {
  if (!isNoted(noted, 'bus-message')) return null
  const { member, unit } = noted.draft
  return (unit === null ? METHODS : UNIT_METHODS)[member] ?? null
}

/** The process that logged the line. */
function managerOf({ lines }: Desk, { line }: Noted): number | null {
  const pid = PID.exec(lines[line - 1]?.text ?? '')?.[1]
  return pid === undefined ? null : Number(pid)
}

const PID = /\bsystemd\[(\d{1,8})\]: /

function requestOf(call: Noted, unit: string | null, mode: string | null): Noted | null {
  const type = jobAskedFor(call)
  if (type === null || unit === null || !isNoted(call, 'bus-message')) return null
  const { member, sender, source, certainty, at } = call.draft
  return {
    ...call,
    draft: {
      ...{
        kind: 'request',
        source,
        certainty,
        unit,
        verb: member,
        type,
        mode: JOB_MODES.find((one) => one === mode) ?? 'replace',
      },
      // Only clients of the bus have a name there.
      ...{ by: sender === null ? 'other' : 'bus', requester: sender ?? PRIVATE, command: `${member} ${unit}` },
      ...{ noBlock: true, userManager: false, tense: 'done', ...(at ? { at } : {}) },
    },
  }
}

const PRIVATE = 'a program that talks to /run/systemd/private, as systemctl does for root'
