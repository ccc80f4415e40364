/**
 * `systemctl show` of properties that are asked for by name, and `get-default`. Mirrors verb_show(), show_one() and
 * verb_get_default(), src/systemctl/ (v255). Differs: it knows what stories turn on, and is silent about the rest.
 */

import { baseName } from '../systemd/path-util.ts'
import type { SystemctlDeed } from '../systemd/scenario.ts'
import type { Manager } from './manager.ts'
import { managerLoadUnit } from './manager-load.ts'
import type { ClientEnd } from './systemctl.ts'
import { unitFileState } from './systemctl-install.ts'
import { expandUnitNames, optionValues } from './systemctl-options.ts'
import { unitActiveState } from './unit.ts'
import type { Unit } from './unit-vtable.ts'

type Property = readonly [name: string, valueOf: (m: Manager, u: Unit) => string | number | undefined]

/** Of the unit's type, in the order in which dbus-service.c has them. A type that has no such thing says nothing. */
const OF_TYPE: readonly Property[] = [
  ['Result', (_, u) => own(u, 'result')],
  ['ReloadResult', (_, u) => own(u, 'reloadResult')],
  ['NRestarts', (_, u) => own(u, 'nRestarts')],
]

/** Mirrors bus_unit_vtable[]. */
const OF_UNIT: readonly Property[] = [
  ['Id', (_, u) => u.id],
  ['Description', (_, u) => u.config.unit.description ?? u.id],
  ['LoadState', (_, u) => u.loadState],
  ['ActiveState', (_, u) => unitActiveState(u)],
  ['SubState', (_, u) => u.vtable.subState(u)],
  ['UnitFileState', (m, u) => (u.config.fragmentPath === undefined ? '' : unitFileState(m, u.id))],
  ['Job', (_, u) => u.job?.id ?? ''],
]

function own(u: Unit, field: string): string | number | undefined {
  const value: unknown = (u as unknown as Readonly<Record<string, unknown>>)[field]
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}

export function verbShow(m: Manager, deed: SystemctlDeed): ClientEnd {
  const bare = optionValues(deed, '-P')
  const asked = [...optionValues(deed, '-p', '--property'), ...bare].flatMap((names) => names.split(','))
  const properties = m.features.unitPropertiesFirst ? [...OF_UNIT, ...OF_TYPE] : [...OF_TYPE, ...OF_UNIT]
  const onlyValue = bare.length > 0 || deed.flags.includes('--value')
  const blocks = expandUnitNames(m, deed.units).map((name) => {
    const u = managerLoadUnit(m, name)
    return properties.flatMap(([property, read]) => {
      const value = asked.includes(property) ? read(m, u) : undefined
      return value === undefined ? [] : onlyValue ? `${value}` : `${property}=${value}`
    })
  })
  return { status: 0, output: blocks.map((lines) => lines.join('\n')).join('\n\n') }
}

/** Of the system, set-default's link counts. */
export const verbGetDefault = ({ kind, unitFiles }: Manager): ClientEnd => ({
  status: 0,
  output: kind === 'user' ? 'default.target' : baseName(unitFiles.get('default.target')?.link ?? 'graphical.target'),
})
