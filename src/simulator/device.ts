/** Devices: nothing starts or stops them; they come and go. Mirrors src/core/device.c (v255). */

import type { ActiveState } from '../systemd/unit.ts'
import type { Manager } from './manager.ts'
import { unitStateChanged } from './unit.ts'
import { type JobMessages, Unit, type UnitVTable } from './unit-vtable.ts'

export type DeviceState = 'dead' | 'tentative' | 'plugged'

class Device extends Unit {
  state: DeviceState = 'dead'
}

const ACTIVE_STATE: Readonly<Record<DeviceState, ActiveState>> = {
  dead: 'inactive',
  tentative: 'activating',
  plugged: 'active',
}

/** Mirrors device_set_state(): `plugged` once udev knows it, `tentative` while only the kernel's tables do. */
function deviceSetState(m: Manager, d: Device, state: DeviceState): void {
  const old = d.state
  d.state = state
  unitStateChanged(m, d, old, ACTIVE_STATE[old])
}

/** Mirrors device_coldplug(). */
function deviceColdplug(m: Manager, d: Device): void {
  const { state } = d
  if (state === 'dead') return
  d.state = 'dead'
  deviceSetState(m, d, state)
}

const JOB_MESSAGES: JobMessages = {
  start: 'job-starting-device',
  stop: 'job-stopping-device',
  'start done': 'job-started-device',
  'start timeout': 'job-start-timeout-device',
}

/** Differs: there is no udev; a device is there only if deviceSetState() has said so. */
export const deviceVTable: UnitVTable<Device> = {
  type: 'device',
  object: Device,
  activeState: (u) => ACTIVE_STATE[u.state],
  subState: (u) => u.state,
  coldplug: deviceColdplug,
  gcJobs: true,
  jobMessages: () => JOB_MESSAGES,
}
