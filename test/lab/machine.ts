/** Runs one incident on a machine of its own, isolated from this one and from the other runs. */

import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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
const MILLISECONDS = 1000

export async function runMachine(plan: MachinePlan): Promise<Taken | { readonly failed: string }> {
  allowManyManagers()
  const group = join(controlGroups(), `whyjob-lab-${randomBytes(6).toString('hex')}`)
  mkdirSync(group)
  try {
    const text = JSON.stringify({
      ...plan,
      root: rootOf(plan.version),
      readySeconds: READY_SECONDS,
      bootId: randomUUID(),
      machineId: randomBytes(16).toString('hex'),
    })
    const output = await runPlayer(group, text, READY_SECONDS + plan.seconds + 60)
    return JSON.parse(output) as Taken | { readonly failed: string }
  } finally {
    await removeGroup(group)
  }
}

const INOTIFY_INSTANCES = '/proc/sys/fs/inotify/max_user_instances'
const ENOUGH_INSTANCES = 4096

function allowManyManagers(): void {
  if (Number(readFileSync(INOTIFY_INSTANCES, 'utf8')) >= ENOUGH_INSTANCES) return
  writeFileSync(INOTIFY_INSTANCES, String(ENOUGH_INSTANCES))
}

function controlGroups(): string {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n')
  const found = mounts.map((line) => line.split(' ')).find(([, , type]) => type === 'cgroup2')
  if (found?.[1] === undefined) throw new Error('no cgroup2 file system is mounted here')
  return found[1]
}

const NAMESPACES = ['--mount', '--pid', '--cgroup', '--net', '--ipc', '--uts', '--fork', '--kill-child=KILL']

function runPlayer(group: string, plan: string, seconds: number): Promise<string> {
  return new Promise((resolve) => {
    const python = `/usr/bin/python3 -I -S ${MACHINE}`
    const script = `echo $$ > ${group}/cgroup.procs && exec unshare ${NAMESPACES.join(' ')} ${python}`
    const child = spawn('/bin/sh', ['-c', script], { stdio: ['pipe', 'pipe', 'pipe'] })
    let output = ''
    let errors = ''
    const timer = setTimeout(() => child.kill('SIGKILL'), seconds * MILLISECONDS)
    child.stdout.on('data', (data) => (output += data))
    child.stderr.on('data', (data) => (errors += data))
    child.stdin.on('error', () => {})
    child.on('close', () => {
      clearTimeout(timer)
      resolve(output.trim() === '' ? JSON.stringify({ failed: errors || 'no answer' }) : output)
    })
    child.stdin.end(plan)
  })
}

/** Its processes are gone with their namespace, but the kernel may take a moment to notice. */
async function removeGroup(group: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    try {
      removeFolders(group)
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

function removeFolders(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeFolders(join(folder, entry.name))
  }
  rmdirSync(folder)
}
