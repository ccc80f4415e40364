/** How units of systemd's own are described by a release. */

import { FORMERLY } from './stock-descriptions.table.ts'

/** The name that the unit goes by in a release; `now` is the one of the newest. */
export function stockDescription(name: string, now: string, version: number): string {
  const before = FORMERLY[name]
  return before !== undefined && version <= before[0] ? before[1] : now
}
