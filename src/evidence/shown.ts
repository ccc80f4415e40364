/** Facts from what systemd shows when asked: statuses, listings, properties; and from files. */

import type { Base, Moment, Span } from './span.ts'

export interface ExecRow {
  readonly setting: string
  readonly pid: number | null
  readonly command: string
  readonly code: string | null
  readonly status: string | null
}

/** What a listing or a status shows of a unit. Null: not shown, which says nothing. */
export interface UnitState extends Base {
  readonly kind: 'unit-state'
  readonly unit: string
  readonly description: string | null
  readonly load: string | null
  readonly loadReason: string | null
  readonly path: string | null
  /** enabled, static, masked, generated … */
  readonly fileState: string | null
  readonly preset: string | null
  readonly active: string | null
  readonly sub: string | null
  readonly result: string | null
  readonly since: Moment | null
  readonly sinceAgoUsec: number | null
  readonly triggeredBy: readonly string[]
  readonly triggers: readonly string[]
  readonly jobId: number | null
  /** list-units shows a pending job's type. */
  readonly jobType: string | null
  readonly exec: readonly ExecRow[]
  readonly dropIns: readonly string[]
  readonly docs: readonly string[]
  readonly mainPid: number | null
  readonly mainCommand: string | null
  readonly statusText: string | null
  readonly conditions: readonly string[]
  readonly what: string | null
  readonly where: string | null
  readonly listen: readonly string[]
  readonly nextElapse: string | null
  readonly needDaemonReload: boolean
}

export interface UnitProperty extends Base {
  readonly kind: 'unit-property'
  readonly unit: string | null
  readonly key: string
  readonly value: string
}

export interface Assignment extends Span {
  readonly section: string
  readonly key: string
  /** Unquoted no further than the file's own line joining. */
  readonly value: string
}

/** A unit file or drop-in, or a piece of one. */
export interface UnitText extends Base {
  readonly kind: 'unit-text'
  /** Named by a header, a path, a command or a caption; null for a bare snippet that nothing names. */
  readonly unit: string | null
  /** From the sections, where there is no name. */
  readonly unitType: string | null
  readonly path: string | null
  readonly dropIn: boolean
  readonly origin: 'cat' | 'file' | 'heredoc' | 'diff' | 'template' | 'nix' | 'bare' | 'told'
  /** Looks like the whole file. */
  readonly whole: boolean
  /** The file's text, mended, for the loader. */
  readonly text: string
  readonly assignments: readonly Assignment[]
  /** The instance that was asked for, where the text is its template's. */
  readonly other?: string
}

export interface QueuedJob extends Base {
  readonly kind: 'queued-job'
  readonly jobId: number
  readonly unit: string
  readonly type: string
  readonly state: string
  /** With --before, --after: other jobs in the queue, by the option and not by the words (which 247 has wrong). */
  readonly waitsFor: readonly QueuedRef[]
  readonly holdsBack: readonly QueuedRef[]
}

export interface QueuedRef {
  readonly jobId: number
  readonly unit: string
  readonly type: string
}

export interface TimerRow extends Base {
  readonly kind: 'timer-row'
  readonly unit: string
  readonly activates: string | null
  readonly next: string | null
  readonly left: string | null
  readonly last: string | null
  readonly passed: string | null
}

export interface SocketRow extends Base {
  readonly kind: 'socket-row'
  readonly listen: string
  readonly unit: string
  readonly activates: readonly string[]
}

/** One edge of a list-dependencies or critical-chain tree, or of a dump. */
export interface DependencyRow extends Base {
  readonly kind: 'dependency-row'
  readonly unit: string
  readonly other: string
  /** 'requirement', 'required-by', 'after', 'before', 'chain': a tree does not say which. A dump: 'Requires', … */
  readonly relation: string
  /** By the dot, of `other`. */
  readonly active: 'active' | 'inactive' | 'failed' | 'reloading' | null
}

export interface FstabLine extends Base {
  readonly kind: 'fstab-line'
  readonly what: string
  readonly where: string
  readonly fsType: string
  readonly options: readonly string[]
}
