/** From the lines of a unit file to a unit's settings: one table of parsers per type and release. */

import { isRemovedKey, knownKeys } from './known-keys.ts'
import { complain, type Fatal, type KeyParser, type KeyTable, type LoadContext } from './load-fragment-draft.ts'
import { ENVIRONMENT_KEYS } from './load-fragment-environment.ts'
import { CGROUP_KEYS, EXEC_KEYS, KILL_KEYS } from './load-fragment-exec.ts'
import { AUTOMOUNT_KEYS, MOUNT_KEYS, SCOPE_KEYS, SLICE_KEYS, SWAP_KEYS } from './load-fragment-mount.ts'
import { PLAIN_KEYS } from './load-fragment-plain.ts'
import { SERVICE_KEYS } from './load-fragment-service.ts'
import { SOCKET_KEYS } from './load-fragment-socket.ts'
import { PATH_KEYS, TIMER_KEYS } from './load-fragment-timer.ts'
import { UNIT_KEYS } from './load-fragment-unit.ts'
import { accepted, deprecated, removed } from './load-fragment-values.ts'
import type { UnitType } from './unit.ts'
import { ALLOWED_SECTIONS, type ReadResult, readUnitFile } from './unit-file.ts'

/** The parsers of a section's keys, the more particular table last: it wins. */
const PARSERS: Readonly<Record<string, readonly KeyTable[]>> = {
  Unit: [UNIT_KEYS],
  Service: [CGROUP_KEYS, KILL_KEYS, EXEC_KEYS, ENVIRONMENT_KEYS, SERVICE_KEYS],
  Socket: [CGROUP_KEYS, KILL_KEYS, EXEC_KEYS, ENVIRONMENT_KEYS, SOCKET_KEYS],
  Mount: [CGROUP_KEYS, KILL_KEYS, EXEC_KEYS, ENVIRONMENT_KEYS, MOUNT_KEYS],
  Swap: [CGROUP_KEYS, KILL_KEYS, EXEC_KEYS, ENVIRONMENT_KEYS, SWAP_KEYS],
  Slice: [CGROUP_KEYS, SLICE_KEYS],
  Scope: [CGROUP_KEYS, KILL_KEYS, SCOPE_KEYS],
  Automount: [AUTOMOUNT_KEYS],
  Timer: [TIMER_KEYS],
  Path: [PATH_KEYS],
}

type Sections = ReadonlyMap<string, KeyTable>
const cache = new Map<string, Sections>()

/** What a release's parsers know about one type of unit: load_fragment_gperf_lookup(). */
function sectionsOf(type: UnitType, version: number): Sections {
  const name = `${type} ${version}`
  const found = cache.get(name)
  if (found !== undefined) return found
  const sections = new Map([...ALLOWED_SECTIONS[type]].map((section) => [section, tableOf(section, version)]))
  cache.set(name, sections)
  return sections
}

function tableOf(section: string, version: number): KeyTable {
  const table = new Map<string, KeyParser>()
  for (const key of knownKeys(section, version)) table.set(key, parserOf(section, key, version))
  return table
}

function parserOf(section: string, key: string, version: number): KeyParser {
  if (isRemovedKey(key, version)) return removed
  const own = PARSERS[section]?.findLast((table) => table.has(key))?.get(key)
  return own ?? deprecated(key) ?? PLAIN_KEYS.get(key) ?? accepted
}

/** Mirrors config_parse() for one file of a unit. The context's place is moved along with the lines. */
export function loadFile(c: LoadContext, file: string, text: string): ReadResult {
  const sections = sectionsOf(c.draft.type, c.version)
  c.file = file
  return readUnitFile(
    text,
    { sections: ALLOWED_SECTIONS[c.draft.type], version: c.version, firstLine: 1 },
    {
      assignment: (section, key, value, line) => {
        c.line = line
        c.section = section
        c.key = key
        return nextAssignment(c, sections, value) ?? 'ok'
      },
      problem: (line, key, args) => {
        c.line = line
        complain(c, key, args)
      },
    },
  )
}

/** Mirrors next_assignment(), src/shared/conf-parser.c. */
function nextAssignment(c: LoadContext, sections: Sections, value: string): Fatal {
  const parser = sections.get(c.section)?.get(c.key)
  if (parser !== undefined) {
    const result = parser(c, value)
    return result === 'ENOEXEC' || result === 'EINVAL' ? result : undefined
  }
  if (!c.key.startsWith('X-')) complain(c, 'load-unknown-key', { key: c.key, section: c.section })
  return undefined
}
