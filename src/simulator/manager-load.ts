/** Units come into being when they are named. Mirrors manager_load_unit() and unit_load(), src/core (v255). */

import { LOAD_WORK } from '../limits.ts'
import { KIND_BITS } from '../systemd/atoms.ts'
import { partsOf } from '../systemd/path-util.ts'
import type { UnitType } from '../systemd/unit.ts'
import { escapePath, parseUnitName, templateOf, unitTypeOf } from '../systemd/unit.ts'
import type { UnitConfig } from '../systemd/unit-config.ts'
import { automountVTable } from './automount.ts'
import type { BusError } from './bus-error.ts'
import { busError } from './bus-error.ts'
import { deviceVTable } from './device.ts'
import type { Manager } from './manager.ts'
import { mountVTable } from './mount.ts'
import { inAnyOrder, orderSeed } from './order.ts'
import { pathVTable } from './path.ts'
import { isMissing } from './process-exec.ts'
import { scopeVTable } from './scope.ts'
import { serviceVTable } from './service.ts'
import { sliceVTable } from './slice.ts'
import { socketVTable } from './socket.ts'
import { swapVTable } from './swap.ts'
import { targetVTable } from './target.ts'
import { timerVTable } from './timer.ts'
import { unitAddName, unitNew } from './unit.ts'
import {
  unitAddDependencies,
  unitAddDependency,
  unitForgetDependencies,
  unitHasDependency,
  unitMoveDependencies,
  unitsWithAtom,
} from './unit-dependency.ts'
import { unitAddToGcQueue } from './unit-gc.ts'
import type { Unit, UnitVTable } from './unit-vtable.ts'

const VTABLES: Readonly<Record<UnitType, UnitVTable>> = {
  service: serviceVTable,
  socket: socketVTable,
  target: targetVTable,
  timer: timerVTable,
  path: pathVTable,
  mount: mountVTable,
  automount: automountVTable,
  device: deviceVTable,
  swap: swapVTable,
  scope: scopeVTable,
  slice: sliceVTable,
}

/**
 * Mirrors manager_load_unit(): the unit of this valid name, loaded with everything it refers to. One that was not found
 * is looked for again.
 */
export function managerLoadUnit(m: Manager, name: string): Unit {
  const u = managerLoadUnitPrepare(m, name)
  retryLoad(m, u)
  managerDispatchLoadQueue(m)
  return m.units.get(name) ?? u
}

/** Mirrors the head of manager_load_unit_prepare(): whether a unit can be called that. */
export function managerCheckUnitName(name: string): BusError | null {
  const parsed = parseUnitName(name)
  if (parsed === null) return busError('InvalidArgs', `Unit name ${name} is not valid.`)
  return parsed.instance === '' ? busError('InvalidArgs', `Unit name ${name} is missing the instance name.`) : null
}

/** Mirrors the rest of manager_load_unit_prepare(): a stub, queued for loading. */
function managerLoadUnitPrepare(m: Manager, name: string): Unit {
  const found = m.units.get(name)
  if (found) return found
  const u = unitNew(m, name, VTABLES[unitTypeOf(name)] ?? serviceVTable, m.load(name))
  m.units.set(name, u)
  unitAddToLoadQueue(m, u)
  return u
}

function unitAddToLoadQueue(m: Manager, u: Unit): void {
  if (u.inLoadQueue) return
  u.inLoadQueue = true
  m.loadQueue.push(u)
}

/**
 * Mirrors manager_dispatch_load_queue() and manager_dispatch_target_deps_queue(). True if there was something to do.
 */
export function managerDispatchLoadQueue(m: Manager): boolean {
  const worked = m.loadQueue.length > 0
  if (!worked && m.targetDepsQueue.length === 0) return false
  for (let i = 0; i < m.loadQueue.length; i++) unitLoad(m, m.loadQueue[i] as Unit)
  m.loadQueue.length = 0
  for (let i = 0; i < m.targetDepsQueue.length; i++) addDefaultTargetDependencies(m, m.targetDepsQueue[i] as Unit)
  m.targetDepsQueue.length = 0
  return worked
}

/** Mirrors unit_load(): settings from the files, dependencies, and what only the loaded unit can know. */
function unitLoad(m: Manager, u: Unit): void {
  m.workLeft -= LOAD_WORK
  u.inLoadQueue = false
  if (u.loadState !== 'stub') return
  const config = u.config
  if (config.id !== u.id && unitMergeByName(m, u, config)) return
  applyConfig(m, u, config)
}

/** Mirrors unit_merge_by_name() for an alias whose main unit is already there, or comes now. */
function unitMergeByName(m: Manager, u: Unit, config: UnitConfig): boolean {
  const main = managerLoadUnitPrepare(m, config.id)
  if (main === u) return false
  unitMoveDependencies(main, u)
  u.loadState = 'merged'
  for (const name of config.names) {
    unitAddName(main, name)
    m.units.set(name, main)
  }
  unitAddName(main, u.id)
  m.units.set(u.id, main)
  return true
}

/** Takes over a configuration: at first loading, and again after daemon-reload. */
function applyConfig(m: Manager, u: Unit, config: UnitConfig): void {
  u.config = config
  m.diagnostics.push(...config.diagnostics)
  // What is not there has no time, so it counts as changed, whether it comes or not.
  u.changedOnDisk = config.unit.sourcePath !== undefined && isMissing(m, config.unit.sourcePath)
  u.loadState = config.loadState
  u.loadError = config.loadError
  u.perpetual = config.unit.perpetual
  u.startLimit.intervalUsec = config.unit.startLimitIntervalUsec
  u.startLimit.burst = config.unit.startLimitBurst
  for (const name of config.names) {
    unitAddName(u, name)
    if (!m.units.has(name)) m.units.set(name, u)
  }
  for (const { other: name, kinds } of config.others) {
    const other = managerLoadUnitPrepare(m, name)
    if (other.loadState !== 'merged') unitAddDependencies(u, kinds, other, true)
  }
  if (config.slice !== undefined) setSlice(m, u, config.slice)
  unitAddMountDependencies(m, u)
  u.vtable.load?.(m, u)
  if (u.loadState === 'loaded' && config.unit.defaultDependencies) m.targetDepsQueue.push(u)
  unitAddToGcQueue(m, u)
}

/**
 * What unit_need_daemon_reload() finds, told as it happens: `path`, which is `file` in the unit folder, has changed, or
 * is gone.
 */
export function unitFileChanged(m: Manager, file: string, path: string): void {
  for (const u of m.units.values()) {
    const names = [...u.names, templateOf(u.id) ?? u.id]
    const own = u.config.fragmentPath !== undefined && names.includes(file)
    const dropIn = u.loadState === 'loaded' && file.endsWith('.conf') && names.some((n) => file.startsWith(`${n}.d/`))
    if (own || dropIn || u.config.unit.sourcePath === path) u.changedOnDisk = true
  }
}

/** Mirrors unit_add_slice_dependencies(): Requires= and After= its slice. */
function setSlice(m: Manager, u: Unit, name: string): void {
  const slice = managerLoadUnitPrepare(m, name)
  u.slice = slice
  unitAddDependencies(u, SLICE_KINDS, slice, true)
}

const SLICE_KINDS = KIND_BITS.InSlice | KIND_BITS.After | KIND_BITS.Requires

/** Mirrors unit_add_mount_dependencies(): RequiresMountsFor= makes edges to those mount units that are loaded. */
function unitAddMountDependencies(m: Manager, u: Unit): void {
  for (const { path, type } of u.config.mountsFor) {
    for (const prefix of prefixes(path)) {
      const name = `${escapePath(prefix)}.mount`
      if (name === u.id) continue
      const mount = managerLoadUnitPrepare(m, name)
      if (mount.config.loadState !== 'loaded') continue
      unitAddDependency(u, 'After', mount, true)
      if (mount.config.fragmentPath !== undefined) unitAddDependency(u, type, mount, true)
    }
  }
}

function prefixes(path: string): string[] {
  const parts = partsOf(path)
  return ['/', ...parts.map((_, i) => `/${parts.slice(0, i + 1).join('/')}`)]
}

/** Mirrors unit_add_default_target_dependency(): targets are After= what they pull in. */
function addDefaultTargetDependencies(m: Manager, u: Unit): void {
  if (u.loadState !== 'loaded') return
  for (const target of unitsWithAtom(m, u, 'default-target-dependencies')) unitAddDefaultTargetDependency(target, u)
  if (u.type !== 'target') return
  for (const other of unitsWithAtom(m, u, 'add-default-target-dependency-queue'))
    unitAddDefaultTargetDependency(u, other)
}

function unitAddDefaultTargetDependency(target: Unit, u: Unit): void {
  if (target.type !== 'target' || target.loadState !== 'loaded' || u.loadState !== 'loaded') return
  if (!target.config.unit.defaultDependencies || !u.config.unit.defaultDependencies) return
  if (unitHasDependency(target, 'Before', u)) return
  unitAddDependency(target, 'After', u, true)
}

/**
 * Mirrors manager_unit_cache_should_retry_load(): a unit that was not found is looked for again. True if it was
 * reloaded.
 * Differs: the files are asked at once, where systemd compares the directories' time stamps first.
 */
export function retryLoad(m: Manager, u: Unit): boolean {
  if (u.loadState !== 'not-found' || !m.features.retriesLoadInTransaction) return false
  const config = m.load(u.id)
  if (config.loadState === 'not-found') return false
  applyConfig(m, u, config)
  managerDispatchLoadQueue(m)
  return true
}

/** Mirrors manager_reload() as far as units go: every file is read again, states and jobs stay. */
export function managerReloadUnits(m: Manager): void {
  const units = [...new Set(m.units.values())]
  for (const u of units) {
    unitForgetDependencies(u)
    u.slice = null
    u.activationDetails = null
    u.loadState = 'stub'
  }
  m.units.clear()
  for (const u of units) m.units.set(u.id, u)
  for (const u of units) {
    u.names = [u.id]
    u.config = m.load(u.id)
    u.inLoadQueue = true
    m.loadQueue.push(u)
  }
  managerDispatchLoadQueue(m)
  managerColdplug(m, units)
  for (const u of units) unitAddToGcQueue(m, u)
}

/**
 * Mirrors manager_coldplug(): each unit in turn is put back into its state; to those before, it is still down. So a
 * path unit may find what it triggers gone, and start it. By name, those that trigger others come last.
 */
function managerColdplug(m: Manager, units: readonly Unit[]): void {
  for (const u of units) u.coldplugged = 'waits'
  const order = inAnyOrder(units)
  if (orderSeed() === 0)
    order.sort((a, b) => Number(a.vtable.canTrigger ?? false) - Number(b.vtable.canTrigger ?? false))
  for (const u of order) {
    u.coldplugged = 'done'
    u.vtable.coldplug?.(m, u)
  }
}
