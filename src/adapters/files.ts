/** What an edge needs to answer, and not to start: it is read when it is first asked for. */

import type { Catalog } from '../hypotheses/rule.ts'
import type { Font } from '../render/canvas.ts'
import type { OpenApi } from './http/openapi.ts'

export interface Files {
  /** What the core is loaded with: nothing may load it before. */
  tables(): Promise<void>
  /** All rules and words. */
  catalog(): Promise<Catalog>
  openapi(): Promise<OpenApi>
  /** The flight recorder's script. */
  recorder(): Promise<string>
  /** The letters of pictures. */
  font(): Promise<Font>
}
