/** What a family makes of chance: units, people, deeds, and what is known to be the cause. */

import type { Cause } from '../../src/hypotheses/cause.ts'

export interface Deed {
  readonly at: number
  /** `asker` complains; `other` sits at another terminal; `hidden` leaves no text but what the machine logs. */
  readonly who: 'asker' | 'other' | 'hidden'
  readonly line: string
  /** What it looks like where it was typed; `NUMBER` is the job's from the list before. */
  readonly shown?: string
}

export interface LogLine {
  readonly at: number
  /** As syslog takes it: `<6>sshd[812]: Accepted …`. */
  readonly log: string
}

export interface Truth {
  readonly cause: Cause
  readonly also?: readonly Cause[]
  /** `UNIT/TYPE`; null where no job was asked about or none was displaced. */
  readonly canceled: string | null
  readonly replacing: string | null
}

/** One tool whose output holds the complaint, in place of the asker's terminal. */
export interface ToolRun {
  readonly tool: 'ansible' | 'chef' | 'script' | 'apt'
  /** What it prints before and after; `OUTPUT` is what systemctl said to it. */
  readonly text: string
}

export interface Scene {
  /** Whose manager has the units; the system's where nothing is said. */
  readonly manager?: 'user'
  /** By their names in the folder of unit files; an empty text makes a symlink to the unit of that name. */
  readonly units: Readonly<Record<string, string>>
  readonly scripts?: Readonly<Record<string, string>>
  readonly fstab?: string
  readonly before?: readonly string[]
  readonly deeds: readonly Deed[]
  readonly logs?: readonly LogLine[]
  readonly seconds: number
  /** The units that somebody who asks for help would show, the one asked about first. */
  readonly about: readonly string[]
  /** Scripts whose text belongs to a full paste. */
  readonly showScripts?: readonly string[]
  /** Further commands whose output belongs to a full paste, and what they look like there. */
  readonly extra?: readonly { readonly line: string; readonly shown?: string }[]
  readonly tool?: ToolRun
  /** Which part of the journal is looked at, and how, as journalctl's options; by chance where nothing is said. */
  readonly journal?: string
  /** A command that tells whether the incident happened, and what it has to print. */
  readonly proof?: { readonly line: string; readonly prints: string }
  /** What the asker wants the unit to be in the end, where no verb says so. */
  readonly wanted?: 'active' | 'inactive'
  readonly truth: Truth
}

export interface Family {
  readonly name: string
  /** The first systemd that can do it. */
  readonly since?: number
  readonly until?: number
  readonly make: (cast: import('./cast.ts').Cast) => Scene
}
