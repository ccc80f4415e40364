/** `systemctl set-property`. Mirrors src/systemctl/systemctl-set-property.c (v257). */

import { keysOf, knownKeys } from '../systemd/known-keys.ts'
import { parseBoolean } from '../systemd/load-fragment-values.ts'
import { ERRNO_TEXT } from '../systemd/specifiers.ts'
import { parseUnitName } from '../systemd/unit.ts'
import type { Manager } from './manager.ts'
import { managerLoadUnit } from './manager-load.ts'
import type { ClientEnd } from './systemctl.ts'
import { expandUnitNames } from './systemctl-options.ts'
import { busUnitValidateLoadState } from './transaction-add.ts'
import { unitSetMarkers } from './unit-markers.ts'
import type { Unit } from './unit-vtable.ts'

/** Of [Unit], what a unit that has a file takes. */
const LIVE: readonly string[] = ['Description', 'Markers']

/** Mirrors verb_set_property(). Differs: but for the commonest, values are taken to be right, and resources have no effect. */
export function verbSetProperty(m: Manager, [first = '', ...assignments]: readonly string[]): ClientEnd {
  const lines: string[] = []
  for (const name of expandUnitNames(m, [first])) {
    const error = misread(m, name, assignments) ?? busUnitSetProperties(m, name, assignments)
    if (error !== null) lines.push(error)
  }
  return { status: lines.length === 0 ? 0 : 1, output: lines.join('\n') }
}

const TAKE_NONE: readonly string[] = ['target', 'device', 'swap']

/** Mirrors bus_append_unit_property_assignment(), src/shared/bus-unit-util.c: what the client itself refuses. */
function misread(m: Manager, name: string, assignments: readonly string[]): string | null {
  const type = parseUnitName(name)?.type
  if (type === undefined) return `Invalid unit type: ${name}`
  if (m.features.fewTypesTakeProperties && TAKE_NONE.includes(type)) return 'Not supported unit type'
  const known = knownKeys(sectionOf(type), m.features.version)
  const general = knownKeys('Unit', m.features.version)
  for (const assignment of assignments) {
    if (!assignment.includes('=')) return `Not an assignment: ${assignment}`
    const key = keyOf(assignment)
    if (!known.has(key) && !general.has(key) && !(key === 'Markers' && m.features.marksUnits))
      return `Unknown assignment: ${assignment}`
    const wrong = wrongValue(m, key, assignment.slice(key.length + 1))
    if (wrong !== null) return wrong
  }
  return null
}

const LIMIT = /^(?:Default)?Memory(?:Min|Low|High|Max|SwapMax|ZSwapMax)$|^TasksMax$/
const WEIGHT = /^(?:Startup)?(?:CPU|IO)Weight$/
const ACCOUNTING = /^(?:Memory|IO|Tasks|IP)Accounting$/
const PERCENT = /^\d+(?:\.\d{1,2})?[%‰‱]$/
const NUMBER = /^\d+$/

/** Mirrors bus_append_parse_resource_limit() and its like, and parse_log_error() (v262). */
function wrongValue({ features }: Manager, key: string, value: string): string | null {
  const errno = errnoOf(features.cpuWeightIdle, key, value)
  if (errno === null) return null
  if (features.clientQuotesValue) return `Failed to parse ${key}= value '${value}': ${ERRNO_TEXT[errno]}`
  if (ACCOUNTING.test(key)) return `Failed to parse ${key}: ${value}`
  if (key !== 'CPUQuota') return `Failed to parse ${key}=${value}: ${ERRNO_TEXT[errno]}`
  return errno === 'ERANGE' ? 'CPU quota too small.' : `CPU quota '${value}' invalid.`
}

function errnoOf(knowsIdle: boolean, key: string, value: string): 'EINVAL' | 'ERANGE' | null {
  if (ACCOUNTING.test(key)) return parseBoolean(value) === null ? 'EINVAL' : null
  if (value === '') return null
  if (WEIGHT.test(key)) {
    if (value === 'idle' && key.endsWith('CPUWeight') && knowsIdle) return null
    return !NUMBER.test(value) ? 'EINVAL' : Number(value) < 1 || Number(value) > 10_000 ? 'ERANGE' : null
  }
  if (key === 'CPUQuota') return !PERCENT.test(value) ? 'EINVAL' : Number.parseFloat(value) === 0 ? 'ERANGE' : null
  if (!LIMIT.test(key) || value === 'infinity' || PERCENT.test(value)) return null
  return (key === 'TasksMax' ? NUMBER.test(value) : isSize(value)) ? null : 'EINVAL'
}

/** Mirrors parse_size(), src/basic/parse-util.c: one number with its unit, or several. */
function isSize(text: string): boolean {
  const parts = text.split(/[BKMGTPE]/).map((part) => part.trim())
  if (parts.length > 1 && parts.at(-1) === '') parts.pop()
  return parts.every((part) => /^\d+(?:\.\d+)?$/.test(part))
}

const sectionOf = (type: string): string => `${type.slice(0, 1).toUpperCase()}${type.slice(1)}`
const keyOf = (assignment: string): string => assignment.slice(0, assignment.indexOf('='))

/** Mirrors bus_unit_set_properties(), src/core/dbus-unit.c, for a unit that has a file. */
function busUnitSetProperties(m: Manager, name: string, assignments: readonly string[]): string | null {
  const u = managerLoadUnit(m, name)
  const error = busUnitValidateLoadState(m, u)?.message ?? readOnly(assignments) ?? setMarkers(m, u, assignments)
  if (error === null) {
    setDescription(m, u, assignments)
    // A user's manager has the new drop-in's folder not in its cache until the next reload, so the unit has changed.
    u.changedOnDisk ||= m.features.dropInsFromCache && m.install.kind === 'apart' && assignments.some(isWritten)
  }
  return error === null ? null : `Failed to set unit properties on ${name}: ${error}`
}

/** Mirrors unit_write_setting(): markers are not kept. */
const isWritten = (assignment: string): boolean => keyOf(assignment) !== 'Markers'

let cgroupKeys: ReadonlySet<string> | undefined

function readOnly(assignments: readonly string[]): string | null {
  cgroupKeys ??= new Set(keysOf('cgroup').map(({ key }) => key))
  const keys = assignments.map(keyOf)
  const refused = keys.find((key) => !cgroupKeys?.has(key) && !LIVE.includes(key))
  return refused === undefined ? null : `Cannot set property ${refused.replace(/Sec$/, 'USec')}, or unknown property.`
}

/** Mirrors bus_unit_set_live_property(): it holds at once, and a drop-in has it for the next reload. */
function setDescription(m: Manager, u: Unit, assignments: readonly string[]): void {
  const last = assignments.findLast((assignment) => keyOf(assignment) === 'Description')
  if (last === undefined) return
  const { description: _, ...unit } = u.config.unit
  const text = last.slice('Description='.length)
  u.config = { ...u.config, unit: text === '' ? unit : { ...unit, description: text } }
  // A recording's user manager looks for units in one folder alone, and the drop-in is in another.
  if (m.install.kind === 'apart') return
  const name = `${u.id}.d/50-Description.conf`
  m.unitFiles.set(name, { name, text: `[Unit]\nDescription=${text}\n` })
  m.load.rescan()
}

function setMarkers(m: Manager, u: Unit, assignments: readonly string[]): string | null {
  const values = assignments.filter((word) => keyOf(word) === 'Markers').map((word) => word.slice('Markers='.length))
  const words = values.flatMap((value) => value.split(/\s+/)).filter((word) => word !== '')
  return values.length === 0 ? null : unitSetMarkers(m, u, words)
}
