/** What the listeners are given. They know the core, Slack's types and this: no transport, no storage, no secret. */

import type { WebClient } from '@slack/web-api'
import type { DiagnoseOptions } from '../../diagnose.ts'
import type { Catalog } from '../../hypotheses/rule.ts'
import type { Answer } from '../../render/answer.ts'
import type { NumberOf } from '../masked.ts'
import type { Incident } from './incident.ts'

/** A thread is an incident. `team` is the workspace, or the organization where the app was installed for all of it. */
export interface Place {
  readonly team: string
  readonly channel: string
  /** The `ts` of the thread's first message. */
  readonly thread: string
}

/** A file's text, or why there is none, said to whoever uploaded it. */
export type FileText =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly refused: string }

/** An answer was called right or wrong. The paste is masked before it comes here. */
export interface Feedback {
  readonly team: string
  readonly verdict: 'right' | 'wrong'
  readonly cause: string
  readonly code: string | null
  readonly paste: string
  readonly note?: string
}

export interface Deps {
  catalog(): Promise<Catalog>
  /** When it is its turn: what has to be acknowledged comes first. */
  diagnose(paste: string, options?: DiagnoseOptions): Promise<Answer>
  /** Stands for a name that is masked, in all pastes of a workspace. */
  numberOf: NumberOf
  /** Where the edge is reached from outside, without a slash at its end: pictures, links and rule pages are below it. */
  readonly baseUrl: string
  /** The incident of a thread; another workspace's is never reached, for its name has the team in it. */
  thread(place: Place): Promise<Incident>
  /** Reads files by their ids, as the workspace's bot; a text within the cap, or the reason for none, in their order. */
  files(client: WebClient, ids: readonly string[]): Promise<readonly FileText[]>
  /** Deletes one thread's evidence, or a channel's, or, with only a team, everything that is kept of it, tokens too. */
  forget(what: Place | Omit<Place, 'thread'> | { readonly team: string }): Promise<void>
  /** The paste behind a link that somebody asked to keep; null if there is none, or no longer. */
  kept(id: string): Promise<{ readonly text: string; readonly systemd?: number } | null>
  feedback(given: Feedback): Promise<void>
  /** Notes what a thread is answered with; in how many threads of the last week it was the same, this one included. */
  sighted(at: Omit<Place, 'team'>, code: string, unit: string): Promise<number>
  /** Keeps the Worker alive for work that a listener does not await. */
  waitUntil(work: Promise<unknown>): void
}
