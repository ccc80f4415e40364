/** A Worker's bundle in a workerd of its own, with nothing in between, and what the kernel says of that process. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { basename, dirname, join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const WRANGLER = join(root, 'node_modules/wrangler/bin/wrangler.js')
const WORKERD = createRequire(import.meta.url).resolve('workerd/bin/workerd')

/** What the platform gives an isolate. Without a bound V8 takes more before it looks for what it could give back. */
const HEAP_MEGABYTES = 128

/** Of this machine's clock that processes are accounted with; Linux tells programs nothing else. */
const TICKS_PER_SECOND = 100

export interface Running {
  readonly url: URL
  /** From its start until it answered for the first time. */
  readonly coldMs: number
  readonly coldCpuMs: number
  cpuMs(): number
  megabytes(): number
  stop(): Promise<void>
}

/** As it would be deployed: wrangler's own bundle of the Worker that a configuration names. */
export function bundled(config: string, outdir: string): string {
  mkdirSync(outdir, { recursive: true })
  const args = ['deploy', '--dry-run', '--config', join(root, config), '--outdir', outdir]
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' }
  execFileSync(process.execPath, [WRANGLER, ...args], { cwd: root, env, stdio: 'pipe' })
  const script = readdirSync(outdir).find((name) => name.endsWith('.js'))
  if (script === undefined) throw new Error(`wrangler made no script of ${config}`)
  return join(outdir, script)
}

export async function started(script: string): Promise<Running> {
  const port = await freePort()
  const config = `${script}.capnp`
  writeFileSync(config, configuration(modulesOf(script), port))
  const began = performance.now()
  const child = spawn(WORKERD, ['serve', config], { stdio: 'ignore' })
  process.on('exit', () => child.kill('SIGKILL'))
  const url = new URL(`http://127.0.0.1:${port}`)
  await answers(new URL('/healthz', url), child)
  const coldMs = performance.now() - began
  const pid = child.pid ?? 0
  return {
    url,
    coldMs,
    coldCpuMs: cpuMs(pid),
    cpuMs: () => cpuMs(pid),
    megabytes: () => megabytes(pid),
    stop: () => stopped(child),
  }
}

/** The script, and whatever it may load later. */
function modulesOf(script: string): readonly string[] {
  const folder = dirname(script)
  const others = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))
  return [basename(script), ...others.filter((name) => name !== basename(script))]
}

function configuration(modules: readonly string[], port: number): string {
  const wrangler = readFileSync(join(root, 'wrangler.toml'), 'utf8')
  const [, date = ''] = /^compatibility_date = "([\d-]+)"/m.exec(wrangler) ?? []
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  v8Flags = ["--max-heap-size=${HEAP_MEGABYTES}"],
  services = [(name = "main", worker = .worker), (name = "assets", disk = "${join(root, 'dist/page')}")],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [${modules.map((name) => `(name = "${name}", esModule = embed "${name}")`).join(', ')}],
  bindings = [(name = "ASSETS", service = "assets")],
  compatibilityDate = "${date}",
);
`
}

async function answers(url: URL, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 5000 && child.exitCode === null; tries++) {
    const up = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
    if (up) return
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  throw new Error('workerd does not answer')
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.on('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

/** Of the process and all of its threads: fields 14 and 15 of proc(5)'s stat, behind the name in parentheses. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1000
}

function megabytes(pid: number): number {
  const [, kib = ''] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) / 1024
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
