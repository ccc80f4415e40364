/** `npm run oracle:setup`: unpacks a small root file system for each systemd. What is there is left alone. */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootOf, SUITES, type Suite, stampOf, whyNoOracle } from './roots.ts'

const PACKAGES = [
  ...['systemd', 'coreutils', 'bash', 'dash', 'dbus', 'util-linux', 'findutils', 'sed', 'grep', 'procps'],
]

/** Where this machine's own apt gets Debian from, if nobody says otherwise. */
function mirror(): string {
  const said = process.env.WHYJOB_DEBIAN_MIRROR
  if (said !== undefined) return said
  const indexes = ['indextargets', '--format', '$(SITE)', 'Created-By: Packages', 'Component: main']
  const sites = spawnSync('apt-get', indexes, { encoding: 'utf8' }).stdout?.split('\n') ?? []
  const found = sites.find((site) => site !== '' && !site.endsWith('-security'))
  if (found !== undefined) return found
  throw new Error('apt knows no Debian mirror here: say one, WHYJOB_DEBIAN_MIRROR=http://HOST/debian')
}

export function setUp(): void {
  for (const suite of SUITES) {
    if (existsSync(stampOf(suite.version))) continue
    installBuilder()
    console.error(`systemd ${suite.version}: unpacking Debian ${[suite.suite, ...suite.also].join(' and ')}`)
    unpack(suite)
  }
}

function run(command: string, ...words: string[]): void {
  const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} failed:\n${stdout ?? ''}${stderr ?? ''}`)
}

function installBuilder(): void {
  if (spawnSync('mmdebstrap', ['--version']).status === 0) return
  console.error('installing mmdebstrap')
  if (spawnSync('apt-get', ['install', '--yes', 'mmdebstrap']).status === 0) return
  run('apt-get', 'update')
  run('apt-get', 'install', '--yes', 'mmdebstrap')
}

function unpack({ version, suite, also, packages }: Suite): void {
  const root = rootOf(version)
  const unfinished = `${root}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  rmSync(root, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true })
  const preferred = also.at(-1)
  const from = mirror()
  run(
    'mmdebstrap',
    '--variant=extract',
    '--mode=root',
    `--include=${[...PACKAGES, ...packages].join(',')}`,
    // A testing suite's index may be past its date.
    '--aptopt=Acquire::Check-Valid-Until "false"',
    ...(preferred === undefined ? [] : [`--aptopt=APT::Default-Release "${preferred}"`]),
    suite,
    unfinished,
    ...[suite, ...also].map((name) => `deb ${from} ${name} main`),
  )
  finish(unfinished)
  renameSync(unfinished, root)
  writeFileSync(stampOf(version), `${version}\n`)
}

/** What the packages' scripts would have done, as far as a manager without any other service needs it. */
function finish(root: string): void {
  for (const folder of ['bin', 'sbin', 'lib', 'lib64']) mergeIntoUsr(root, folder)
  rmSync(join(root, 'bin/sh'), { force: true })
  symlinkSync('dash', join(root, 'bin/sh'))
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n')
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\n')
  writeFileSync(join(root, 'etc/machine-id'), 'b0a7b0a7b0a7b0a7b0a7b0a7b0a7b0a7\n')
  writeFileSync(join(root, 'etc/hostname'), 'whyjob\n')
}

/** So that /bin/sleep and /usr/bin/sleep are the same in every version. */
function mergeIntoUsr(root: string, folder: string): void {
  const path = join(root, folder)
  if (!existsSync(path) || isLink(path)) return
  mkdirSync(join(root, 'usr', folder), { recursive: true })
  run('cp', '--archive', '--no-clobber', `${path}/.`, join(root, 'usr', folder))
  rmSync(path, { recursive: true })
  symlinkSync(`usr/${folder}`, path)
}

function isLink(path: string): boolean {
  try {
    readlinkSync(path)
    return true
  } catch {
    return false
  }
}

if (import.meta.main) {
  const why = whyNoOracle()
  if (why !== null) {
    console.error(why)
    process.exitCode = 2
  } else setUp()
}
