/** Facts that are neither jobs nor requests: limits, boundaries, files that changed, other programs' lines, prose. */

import type { Base } from './span.ts'

export interface StartLimit extends Base {
  readonly kind: 'start-limit'
  readonly unit: string | null
  readonly what: 'start' | 'trigger'
}

/** Between two lines of a log: another boot, the journal's own remarks, missing pieces. */
export interface Boundary extends Base {
  readonly kind: 'boundary'
  readonly what: 'boot' | 'range' | 'empty' | 'rotated' | 'suppressed' | 'ellipsized' | 'gap'
  readonly text: string
}

/** `Stopping x.service, but it can still be activated by: x.socket`. */
export interface StillTriggered extends Base {
  readonly kind: 'still-triggered'
  readonly unit: string
  readonly triggers: readonly string[]
}

/** `Created symlink … → /dev/null.` and its kin; and "changed on disk". */
export interface UnitFileChange extends Base {
  readonly kind: 'unit-file-change'
  readonly action: 'enabled' | 'disabled' | 'masked' | 'unmasked' | 'changed-on-disk'
  readonly unit: string
  readonly link: string | null
  readonly target: string | null
}

/** A bus name is being activated through a unit: dbus-daemon's and dbus-broker's lines. */
export interface BusActivation extends Base {
  readonly kind: 'bus-activation'
  readonly name: string | null
  readonly unit: string | null
  readonly phase: 'requested' | 'done' | 'failed'
  readonly requester: string | null
  readonly error: string | null
}

/** What another program logged, or the manager in words the table lacks (identifier `systemd`). */
export interface OtherLog extends Base {
  readonly kind: 'other-log'
  readonly identifier: string
  readonly pid: number | null
  readonly unit: string | null
  readonly text: string
}

export interface Version extends Base {
  readonly kind: 'version'
  /** Said (`systemd 252 (252.39-1~deb12u1)`): both ends are the same. By the wording: a range, null is open. */
  readonly since: number | null
  readonly until: number | null
  readonly said: boolean
  readonly distribution: string | null
}

/** A run of lines that none of systemd's formats fits. */
export interface Prose extends Base {
  readonly kind: 'prose'
  readonly text: string
}
