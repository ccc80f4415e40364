/** Runs one incident on a machine of its own, isolated from this one and from the other runs. */

import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { isolated } from '../oracle/isolated.ts'
import { rootOf } from '../oracle/roots.ts'

export interface MachineFile {
  readonly path: string
  readonly text: string
  readonly executable?: boolean
  /** Where the path is a symlink: to what. */
  readonly link?: string
}

export type MachineStep =
  | { readonly at: number; readonly id: string; readonly line: string }
  | { readonly at: number; readonly log: string }

export interface MachinePlan {
  readonly version: number
  readonly hostname: string
  readonly fstab: string
  readonly files: readonly MachineFile[]
  /** Commands that have to succeed before the incident. */
  readonly before: readonly string[]
  readonly steps: readonly MachineStep[]
  readonly seconds: number
  /** What to ask the machine afterwards; `JOURNALCTL` becomes journalctl with the incident's window. */
  readonly take: Readonly<Record<string, string>>
}

export interface Said {
  readonly command: string
  readonly began: number
  /** Null: it had not come back when the incident was over. */
  readonly ended: number | null
  readonly status: number
  readonly output: string
}

export interface Taken {
  readonly said: Readonly<Record<string, Said>>
  readonly taken: Readonly<Record<string, string>>
  /** How late the latest step was. */
  readonly late: number
}

const MACHINE = join(import.meta.dirname, 'machine.py')
const READY_SECONDS = 30

export async function runMachine(plan: MachinePlan): Promise<Taken | { readonly failed: string }> {
  const whole = {
    ...plan,
    root: rootOf(plan.version),
    readySeconds: READY_SECONDS,
    bootId: randomUUID(),
    machineId: randomBytes(16).toString('hex'),
  }
  const { output, errors } = await isolated(MACHINE, whole, READY_SECONDS + plan.seconds + 60)
  if (output.trim() === '') return { failed: errors || 'no answer' }
  return JSON.parse(output) as Taken | { readonly failed: string }
}
