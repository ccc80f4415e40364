/** A unit before its files are read, and what is left of the work afterwards. */

import type { UnitDraft } from './load-fragment-draft.ts'
import { newExecContext, newKillContext } from './load-fragment-exec.ts'
import { newAutomount, newMount, newScope, newSlice, newSwap } from './load-fragment-mount.ts'
import { DEFAULT_TIMEOUT_USEC, newService } from './load-fragment-service.ts'
import { newSocket } from './load-fragment-socket.ts'
import { newPath, newTimer } from './load-fragment-timer.ts'
import type { LoadState, UnitName, UnitType } from './unit.ts'
import { INFINITY_USEC, type ServiceSection, type UnitConfig } from './unit-config.ts'
import { type Features, featuresOf } from './versions.ts'

/** Types that isolating another unit does not stop: the init() hooks of these types. */
const IGNORED_ON_ISOLATE: ReadonlySet<UnitType> = new Set<UnitType>(['mount', 'swap', 'automount', 'slice', 'scope'])

/** Mirrors unit_new() and the init() hook of the type. */
export function newDraft(
  name: UnitName,
  names: readonly string[],
  fragmentPath: string | undefined,
  options: { readonly version: number },
): UnitDraft {
  const features = featuresOf(options.version)
  return {
    name,
    id: name.full,
    type: name.type,
    names,
    fragmentPath,
    unit: newUnitSection(name.type, features),
    jobRunningTimeoutSet: false,
    ...newSection(name.type),
    kill: newKillContext(),
    exec: newExecContext(),
    cpuWeight: 100,
    nice: 0,
    mountsFor: [],
    dependencies: [],
    known: new Set(),
    diagnostics: [],
  }
}

function newUnitSection(type: UnitType, features: Features): UnitDraft['unit'] {
  return {
    defaultDependencies: true,
    stopWhenUnneeded: false,
    refuseManualStart: false,
    refuseManualStop: false,
    allowIsolate: false,
    ignoreOnIsolate: IGNORED_ON_ISOLATE.has(type) || (type === 'device' && features.deviceIgnoredOnIsolate),
    onFailureJobMode: 'replace',
    onSuccessJobMode: 'fail',
    jobTimeoutUsec: INFINITY_USEC,
    jobRunningTimeoutUsec: type === 'device' ? DEFAULT_TIMEOUT_USEC : INFINITY_USEC,
    jobTimeoutAction: 'none',
    startLimitIntervalUsec: 10_000_000,
    startLimitBurst: 5,
    startLimitAction: 'none',
    failureAction: 'none',
    successAction: 'none',
    collectMode: 'inactive',
    conditions: [],
    asserts: [],
    perpetual: false,
  }
}

type Sections = 'service' | 'socket' | 'timer' | 'path' | 'mount' | 'automount' | 'swap' | 'scope' | 'sliceSection'

function newSection(type: UnitType): Pick<UnitDraft, Sections> {
  switch (type) {
    case 'service':
      return { service: newService() }
    case 'socket':
      return { socket: newSocket() }
    case 'timer':
      return { timer: newTimer() }
    case 'path':
      return { path: newPath() }
    case 'mount':
      return { mount: newMount() }
    case 'automount':
      return { automount: newAutomount() }
    case 'swap':
      return { swap: newSwap() }
    case 'scope':
      return { scope: newScope() }
    case 'slice':
      return { sliceSection: newSlice() }
    case 'target':
    case 'device':
      return {}
  }
}

/** The draft as everyone else sees it: without what only the reading needed. */
export function toConfig(
  draft: UnitDraft,
  loadState: LoadState,
  loadError: string | undefined,
  dropInPaths: readonly string[] = [],
): UnitConfig {
  const { id, type, names, fragmentPath, slice } = draft
  return {
    id,
    type,
    names,
    loadState,
    ...(loadError === undefined ? {} : { loadError }),
    ...(fragmentPath === undefined ? {} : { fragmentPath }),
    dropInPaths,
    diagnostics: draft.diagnostics,
    dependencies: draft.dependencies,
    ...(slice === undefined ? {} : { slice }),
    mountsFor: draft.mountsFor,
    unit: draft.unit,
    ...sectionOf(draft),
    kill: draft.kill,
    cpuWeight: draft.cpuWeight,
    nice: draft.nice,
  }
}

function sectionOf(draft: UnitDraft): Pick<UnitConfig, Sections> {
  switch (draft.type) {
    case 'service':
      return { service: serviceOf(draft) }
    case 'socket': {
      const {
        triggerLimitBurstSet: _,
        pollLimitBurstSet: __,
        symlinks: ___,
        bindToDevice: ____,
        ...socket
      } = draft.socket!
      return { socket }
    }
    case 'timer':
      return { timer: draft.timer! }
    case 'path':
      return { path: draft.path! }
    case 'mount':
      return { mount: draft.mount! }
    case 'automount':
      return { automount: { where: draft.automount!.where, timeoutIdleUsec: draft.automount!.timeoutIdleUsec } }
    case 'swap':
      return { swap: { what: draft.swap!.what, timeoutUsec: draft.swap!.timeoutUsec } }
    case 'scope':
      return { scope: draft.scope! }
    case 'slice':
      return { sliceSection: draft.sliceSection! }
    case 'target':
    case 'device':
      return {}
  }
}

function serviceOf(draft: UnitDraft): ServiceSection {
  const {
    startTimeoutDefined: _,
    runtimeRandomizedExtraUsec: __,
    usbFunctionDescriptors: ___,
    usbFunctionStrings: ____,
    ...service
  } = draft.service!
  return { ...service, type: service.type ?? 'simple', oomPolicy: service.oomPolicy ?? 'stop' }
}
