/**
 * What a package manager leaves for later: units that are marked, and jobs for all of them at once. Mirrors the
 * property Markers=, src/core/dbus-unit.c (v257), and unit_normalize_markers(), src/core/unit.c (v262).
 */

import type { ActiveState } from '../systemd/unit.ts'
import { isActiveOrActivating, isInactiveOrFailed } from '../systemd/unit.ts'
import type { Manager } from './manager.ts'
import type { Unit } from './unit-vtable.ts'

export type Marker = 'needs-restart' | 'needs-reload' | 'needs-stop' | 'needs-start'

const MARKERS: readonly Marker[] = ['needs-reload', 'needs-restart']
const MARKERS_OF_TWO_MORE: readonly Marker[] = [...MARKERS, 'needs-stop', 'needs-start']

/** Sets the words of `Markers=`: with signs they change what is there, else they replace it. An error, or null. */
export function unitSetMarkers(m: Manager, u: Unit, words: readonly string[]): string | null {
  const known: readonly string[] = m.features.marksStartAndStop ? MARKERS_OF_TWO_MORE : MARKERS
  const unknown = words.map((word) => word.replace(/^[+-]/, '')).find((word) => !known.includes(word))
  if (unknown !== undefined) return `Unknown marker "${unknown}".`
  if (words.length === 0) return null
  const signed = words.filter((word) => /^[+-]/.test(word))
  if (signed.length > 0 && signed.length < words.length) return 'Bad marker syntax.'
  const old = signed.length === 0 ? new Set<Marker>() : new Set(u.markers)
  const added = new Set<Marker>()
  for (const word of words) {
    const marker = word.replace(/^[+-]/, '') as Marker
    old.delete(marker)
    // Since start and stop can be marked, too, the last of several without a sign counts alone.
    if (m.features.marksStartAndStop && signed.length === 0) added.clear()
    if (word.startsWith('-')) added.delete(marker)
    else added.add(marker)
  }
  u.markers = m.features.marksStartAndStop ? normalizeMarkers(old, added) : new Set([...old, ...added])
  return null
}

/** The newer markers win where jobs of theirs would not go together, and of all that remain a reload comes last. */
function normalizeMarkers(old: Set<Marker>, added: Set<Marker>): Set<Marker> {
  const drop = (from: Set<Marker>, ...markers: Marker[]): void => markers.forEach((marker) => void from.delete(marker))
  if (added.has('needs-stop')) drop(old, 'needs-restart', 'needs-start', 'needs-reload')
  if (added.has('needs-start')) drop(old, 'needs-stop')
  if (added.has('needs-restart')) drop(old, 'needs-start', 'needs-reload')
  const all = new Set([...old, ...added])
  if (all.size > 1) drop(all, 'needs-reload')
  if (all.has('needs-stop')) drop(all, 'needs-restart')
  if (all.has('needs-start')) drop(all, 'needs-stop')
  if (all.has('needs-restart')) drop(all, 'needs-start')
  return all
}

/**
 * Mirrors what unit_notify() does with markers: whatever they ask for has happened, or is of no use any more. In v262
 * a unit that reloads counts as one that is up before it counts as one that reloads, so that the marker stays.
 */
export function unitForgetMarkers(m: Manager, u: Unit, os: ActiveState, ns: ActiveState): void {
  if (u.markers === null) return
  if (isInactiveOrFailed(ns)) for (const marker of u.markers) if (marker !== 'needs-start') u.markers.delete(marker)
  if (isActiveOrActivating(ns)) u.markers.delete('needs-start')
  if (ns === 'reloading' && os !== ns && !m.features.marksStartAndStop) u.markers.delete('needs-reload')
}
