/**
 * A thread's incident: the evidence that anyone pasted there, and the one answer to all of it. Plain data goes in and
 * out, for on Workers it is a Durable Object that is called from elsewhere.
 */

import type { Redaction } from '../../evidence/fact.ts'
import type { Verdict } from '../../render/change.ts'
import { IncidentState } from './incident-state.ts'

/** Evidence as someone gave it, masked. */
export interface Paste {
  /** What it is known by when it comes again: a message's `ts`, a view's id. */
  readonly id: string
  /** Seconds, as Slack writes them: in this order the pastes are read, in whichever they come. */
  readonly at: string
  readonly author: string
  readonly text: string
  readonly redacted: readonly Redaction[]
}

/** What became of pastes: some are new, all of them were known, or there is no more room. */
export type Added = 'new' | 'known' | 'full'

export interface Message {
  readonly channel: string
  readonly ts: string
}

export interface Evidence {
  /** Counts what changed the evidence. */
  readonly revision: number
  readonly text: string
  readonly redacted: readonly Redaction[]
  readonly pastes: number
  readonly authors: number
  /** What the answer before said, about less evidence. */
  readonly before: Verdict | null
  /** Where that answer stands. */
  readonly message: Message | null
  /** Part of the addresses of its pictures, which nobody can guess; null where nothing serves them. */
  readonly address: string | null
}

/** Evidence to be answered, by whoever holds the lease, and by nobody else meanwhile. */
export interface Work extends Evidence {
  readonly lease: string
}

export interface Answered {
  readonly revision: number
  readonly verdict: Verdict
  /** What a picture of it shows. */
  readonly lines: readonly string[]
  readonly message: Message | null
}

export interface Incident {
  /** Keeps it for so many seconds from now on. */
  add(pastes: readonly Paste[], keepSeconds: number): Promise<Added>
  /** Null while somebody else is at it, and when everything is answered. */
  claim(): Promise<Work | null>
  /** Ends the lease. What came meanwhile is for the next claim, which the same caller makes. */
  answered(lease: string, answered: Answered): Promise<void>
  /** The message that is there already is the one to update. */
  adopt(message: Message): Promise<void>
  /** Ends the lease without an answer. */
  release(lease: string): Promise<void>
  /** Null if nothing is kept, or no longer. */
  read(): Promise<Evidence | null>
  /** For whoever has the key that is part of the address. */
  picture(key: string, revision: number): Promise<readonly string[] | null>
  unlock(key: string): Promise<Evidence | null>
  forget(): Promise<void>
}

/** In memory: for one's own machine, and for tests. */
export function memoryIncident(now: () => number = Date.now): Incident {
  let state = new IncidentState()
  return {
    add: async (pastes) => state.add(pastes),
    claim: async () => state.claim(now()),
    answered: async (lease, answered) => state.answered(lease, answered),
    adopt: async (message) => state.adopt(message),
    release: async (lease) => state.release(lease),
    read: async () => state.read(),
    picture: async (key, revision) => state.picture(key, revision),
    unlock: async (key) => state.unlock(key),
    forget: async () => {
      state = new IncidentState()
    },
  }
}
