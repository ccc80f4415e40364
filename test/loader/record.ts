// Lets a real systemd of each release load a case's units, and keeps what it made of them.
//   node test/loader/record.ts [CASE…]       needs root, and the roots of `npm run oracle:setup`

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { isUnitSymlink } from '../../src/systemd/scenario.ts'
import { rootOf, VERSIONS } from '../oracle/roots.ts'
import { caseNames, type LoadCase, readCase, unitsToLoad } from './case.ts'
import { parseDump, type Recording, type UnitRecord } from './dump.ts'

const UNITS = '/run/units'

/** A target that wants them all is what the manager is asked to work out a transaction for. */
const ALL = 'load-all.target'

const INNER = `
set -e
work=$(mktemp -d); mount -t tmpfs none $work; mkdir $work/u $work/w $work/r
mount -t overlay none -o lowerdir=$1,upperdir=$work/u,workdir=$work/w $work/r
root=$work/r
for place in run tmp sys dev; do mount -t tmpfs none $root/$place; done
mkdir -p $root/run/systemd/system $root/run/user/0 $root${UNITS} $root/sys/fs/cgroup
chown 65534:65534 $root/run/user/0
cp -a $3/. $root${UNITS}/; chmod -R a+rX $root${UNITS}
mount -t proc none $root/proc; mount -t cgroup2 none $root/sys/fs/cgroup
for node in null zero random urandom; do touch $root/dev/$node; mount --bind /dev/$node $root/dev/$node; done
program=/usr/lib/systemd/systemd; test -e $root$program || program=/lib/systemd/systemd
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root XDG_RUNTIME_DIR=/run/user/0 container=oci \\
  SYSTEMD_UNIT_PATH=${UNITS} SYSTEMD_LOG_TARGET=console-prefixed SYSTEMD_LOG_LEVEL=info timeout 30 \\
  chroot --userspec=65534:65534 $root $program --test --$2 --unit=${ALL} --no-pager --log-level=info \\
  --log-target=console-prefixed
`

function record(loadCase: LoadCase, version: number): Record<string, UnitRecord> {
  const folder = mkdtempSync(join(tmpdir(), 'load-'))
  try {
    for (const file of loadCase.files) writeFile(folder, file.name, file.text)
    const wanted = unitsToLoad(loadCase)
    writeFile(folder, ALL, `[Unit]\nDefaultDependencies=no\n${wanted.map((name) => `Wants=${name}\n`).join('')}`)
    const isolate = ['--mount', '--pid', '--net', '--ipc', '--uts', '--cgroup', '--fork', '--kill-child']
    const command = ['bash', '-c', INNER, 'bash', rootOf(version), loadCase.manager, folder]
    const run = spawnSync('unshare', [...isolate, ...command], { encoding: 'utf8', maxBuffer: 1 << 28 })
    if (!/(?:->|→) Unit /.test(run.stdout))
      throw new Error(`systemd ${version} said nothing: ${run.stderr.slice(-500)}`)
    return parseDump(run.stdout, run.stderr, wanted, `${UNITS}/`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function writeFile(folder: string, name: string, text: string): void {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  if (isUnitSymlink(name)) symlinkSync(`../${basename(name)}`, path)
  else writeFileSync(path, text)
}

/** A line for each unit, so that differences can be read. */
function oneLineEach(recording: Recording): string {
  const versions = Object.entries(recording).map(([version, units]) => {
    const lines = Object.keys(units)
      .sort()
      .map((name) => `  ${JSON.stringify(name)}: ${JSON.stringify(units[name])}`)
    return ` "${version}": {\n${lines.join(',\n')}\n }`
  })
  return `{\n${versions.join(',\n')}\n}\n`
}

const wanted = process.argv.slice(2)
for (const name of caseNames()) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const loadCase = readCase(name)
  const recording: Recording = {}
  for (const version of VERSIONS.filter((v) => v >= loadCase.minver)) recording[version] = record(loadCase, version)
  const file = join(import.meta.dirname, 'recordings', `${name}.json`)
  writeFileSync(file, oneLineEach(recording))
  console.log(`${name}: ${Object.keys(recording).length} releases`)
}
