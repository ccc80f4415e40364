/** A thread's incident as a Durable Object: one at a time, wherever its pastes come from. */

import { DurableObject } from 'cloudflare:workers'
import type { Incident } from './incident.ts'

export class IncidentObject extends DurableObject implements Incident {
  async forget(): Promise<void> {
    await this.ctx.storage.deleteAll()
  }
}
