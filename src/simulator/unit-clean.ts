/** `systemctl clean`. Mirrors unit_clean() and bus_unit_method_clean(), src/core (v257). */

import type { Manager } from './manager.ts'
import { processSpawn } from './process.ts'
import { type Service, serviceVTable } from './service.ts'
import { serviceSetState } from './service-state.ts'
import { unitActiveState } from './unit.ts'
import { isOf, type Unit } from './unit-vtable.ts'

const CLEANABLE: readonly string[] = ['service', 'socket', 'mount', 'swap', 'timer']
/** Mirrors exec_resource_type_table[], and what stands beside it. */
const KINDS: readonly string[] = ['all', 'runtime', 'state', 'cache', 'logs', 'configuration', 'fdstore']
const USUAL: readonly string[] = ['cache', 'runtime']
const BUSY = 'Unit is not inactive or has pending job.'

/** Mirrors unit_clean(): what is said of a refusal; null if there is none. Differs: no descriptors are stored. */
export function unitClean(m: Manager, u: Unit, what: readonly string[]): string | null {
  const kinds = what.length === 0 ? USUAL : what
  const unknown = kinds.find((kind) => !KINDS.includes(kind))
  if (unknown !== undefined) return `Invalid resource type: ${unknown}`
  const support = m.features.cleanRefusalMended ? 'support' : 'supporting'
  if (!CLEANABLE.includes(u.type)) return `Unit '${u.id}' does not ${support} cleaning.`
  if (u.job || unitActiveState(u) !== 'inactive') return BUSY
  const has = u.config.cleanable ?? []
  if (!has.some((kind) => kinds.includes(kind) || (kinds.includes('all') && u.type !== 'timer')))
    return 'No matching resources found.'
  if (isOf(u, serviceVTable)) return serviceClean(m, u)
  return null
}

/** Mirrors service_clean(). Differs: what others than services have is cleaned at once. */
function serviceClean(m: Manager, s: Service): string | null {
  if (s.state !== 'dead') return BUSY
  s.controlCommand = null
  s.controlSetting = null
  const command = { path: '(sd-rmrf)', argv: ['(sd-rmrf)'], ignoreFailure: false, text: '' }
  const program = { kind: 'exit', status: 0 } as const
  s.control = processSpawn(m, { unit: s, role: 'control', setting: '', index: 0, command, program })
  serviceSetState(m, s, 'cleaning')
  return null
}
