/** What a release of systemd does, by the names in the table. */

import { FEATURES, type Span } from './versions.table.ts'

export type Feature = keyof typeof FEATURES
export type Features = Readonly<Record<Feature, boolean>> & { readonly version: number }

const known = new Map<number, Features>()

/** The answers of the table for one release; a release outside the table's range gets the nearest end. */
export function featuresOf(version: number): Features {
  const found = known.get(version)
  if (found) return found
  const rows = Object.entries(FEATURES) as [Feature, Span][]
  const on = rows.map(([name, span]) => [
    name,
    version >= (span.since ?? 0) && version <= (span.until ?? Number.POSITIVE_INFINITY),
  ])
  const features = { ...(Object.fromEntries(on) as Record<Feature, boolean>), version }
  known.set(version, features)
  return features
}
