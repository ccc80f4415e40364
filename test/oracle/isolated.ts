/** A program in namespaces and a control group of its own: what it does stays there, and ends with it. */

import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Printed {
  readonly output: string
  readonly errors: string
}

/** What a player (Python, reads its plan as JSON) prints until it ends, or is killed after so many seconds. */
export async function isolated(player: string, plan: unknown, seconds: number): Promise<Printed> {
  allowManyManagers()
  const group = join(controlGroups(), `whyjob-${randomBytes(6).toString('hex')}`)
  mkdirSync(group)
  try {
    return await runPlayer(group, player, JSON.stringify(plan), seconds)
  } finally {
    await removeGroup(group)
  }
}

const INOTIFY_INSTANCES = '/proc/sys/fs/inotify/max_user_instances'
const ENOUGH_INSTANCES = 4096

/** Each manager takes half a dozen of them, and the machine grants a hundred or so to all of one user's. */
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
const MILLISECONDS = 1000

function runPlayer(group: string, player: string, plan: string, seconds: number): Promise<Printed> {
  return new Promise((resolve) => {
    const command = `exec unshare ${NAMESPACES.join(' ')} /usr/bin/python3 -I -S ${player}`
    const script = `echo $$ > ${group}/cgroup.procs && ${command}`
    const child = spawn('/bin/sh', ['-c', script], { stdio: ['pipe', 'pipe', 'pipe'] })
    let output = ''
    let errors = ''
    const timer = setTimeout(() => child.kill('SIGKILL'), seconds * MILLISECONDS)
    child.stdout.on('data', (data) => (output += data))
    child.stderr.on('data', (data) => (errors += data))
    child.stdin.on('error', () => {})
    child.on('close', () => {
      clearTimeout(timer)
      resolve({ output, errors })
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
