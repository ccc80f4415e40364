/**
 * What one line of a path unit looks at, and how it hears of changes. Mirrors path_spec_…(), src/core/path.c (v255).
 */

import { partsOf } from '../systemd/path-util.ts'
import type { PathSection, PathSpec } from '../systemd/unit-config.ts'
import { directoryNotEmpty } from './directory-not-empty.ts'
import type { FileEvent, FileWatch } from './files.ts'
import type { Manager } from './manager.ts'

type Kind = PathSpec['kind']

export interface WatchedPath {
  readonly kind: Kind
  readonly path: string
  /** PathChanged= and PathModified=: whether something was there at the last look. */
  previousExists: boolean
  watch: FileWatch | null
  /** An event of the watch is under way to the manager; it is dropped when the watch ends. */
  queued: object | null
  /** It was the path itself that changed, not a folder above. */
  changed: boolean
}

/** The paths of a section, none watched yet; what was there at the last look, `before` knows. */
export function watchedPaths(section: PathSection | undefined, before: readonly WatchedPath[]): WatchedPath[] {
  return (section?.specs ?? []).map(({ kind, path }) => {
    const previousExists = before.find((s) => s.kind === kind && s.path === path)?.previousExists ?? false
    return { kind, path, previousExists, watch: null, queued: null, changed: false }
  })
}

const APPEARS: readonly FileEvent[] = ['delete-self', 'create']
const EVENTS: Readonly<Record<Kind, readonly FileEvent[]>> = {
  PathExists: ['delete-self', 'attrib'],
  PathExistsGlob: ['delete-self', 'attrib'],
  PathChanged: ['delete-self', 'attrib', 'close-write', 'create', 'delete'],
  PathModified: ['delete-self', 'attrib', 'close-write', 'create', 'delete', 'modify'],
  DirectoryNotEmpty: ['delete-self', 'attrib', 'create'],
}

/**
 * Mirrors path_spec_watch(): watches the path, or the nearest folder above that is there. `dispatch` is called once for
 * all that happens at one moment, as an event of its own. False where a file is in the way. Differs: folders do not
 * move.
 */
export function pathSpecWatch(m: Manager, s: WatchedPath, dispatch: () => void): boolean {
  pathSpecUnwatch(m, s)
  if (m.files.isBelowFile(s.path)) return false
  const parts = partsOf(s.path)
  for (let length = parts.length; length >= 0 && s.watch === null; length--) {
    const whole = length === parts.length
    const notify = (event: FileEvent) => onEvent(m, s, event, whole, dispatch)
    s.watch = m.files.watch(`/${parts.slice(0, length).join('/')}`, notify)
  }
  return true
}

function onEvent(m: Manager, s: WatchedPath, event: FileEvent, whole: boolean, dispatch: () => void): void {
  if (!(whole ? EVENTS[s.kind] : APPEARS).includes(event)) return
  if (whole && (s.kind === 'PathChanged' || s.kind === 'PathModified')) s.changed = true
  if (s.queued) return
  const queued = {}
  s.queued = queued
  m.pending.push(() => {
    if (s.queued === queued) dispatch()
  })
}

/** Mirrors path_spec_unwatch(). */
export function pathSpecUnwatch(m: Manager, s: WatchedPath): void {
  if (s.watch) m.files.unwatch(s.watch)
  s.watch = null
  s.queued = null
  s.changed = false
}

/** Mirrors path_spec_fd_event(): takes what was reported. True if the path itself changed. */
export function pathSpecFdEvent(s: WatchedPath): boolean {
  const { changed } = s
  s.queued = null
  s.changed = false
  return changed
}

/** Mirrors path_spec_check_good(). */
export function pathSpecCheckGood(m: Manager, s: WatchedPath, initial: boolean, fromNotify: boolean): boolean {
  const { files, features } = m
  switch (s.kind) {
    case 'PathExists': {
      const exists = files.exists(s.path)
      const good = exists && !(features.pathExistsOnlyOnce && s.previousExists)
      if (features.pathExistsOnlyOnce) s.previousExists = exists
      return good
    }
    case 'PathExistsGlob':
      return files.glob(s.path).length > 0
    case 'DirectoryNotEmpty':
      return directoryNotEmpty(m, s.path)
    case 'PathChanged':
    case 'PathModified': {
      const exists = files.exists(s.path)
      const good = !initial && !(fromNotify && features.pathRechecks) && exists !== s.previousExists
      s.previousExists = exists
      return good
    }
  }
}
