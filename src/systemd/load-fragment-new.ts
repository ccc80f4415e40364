/** A unit before its files are read, and what is left of the work afterwards. */

import { allKindsOf, type ServiceDraft, type SocketDraft, type UnitDraft } from './load-fragment-draft.ts'
import { newExecContext, newKillContext } from './load-fragment-exec.ts'
import { newAutomount, newMount, newScope, newSlice, newSwap } from './load-fragment-mount.ts'
import { DEFAULT_TIMEOUT_USEC, newService } from './load-fragment-service.ts'
import { newSocket } from './load-fragment-socket.ts'
import { newPath, newTimer } from './load-fragment-timer.ts'
import type { LoadState, UnitName, UnitType } from './unit.ts'
import { INFINITY_USEC, type ServiceSection, type SocketSection, type UnitConfig } from './unit-config.ts'

/** Types that isolating another unit does not stop: the init() hooks of these types. */
const IGNORED_ON_ISOLATE: ReadonlySet<UnitType> = new Set<UnitType>([
  'mount',
  'swap',
  'automount',
  'slice',
  'scope',
  'device',
])

/** Mirrors unit_new() and the init() hook of the type. */
export function newDraft(name: UnitName, names: readonly string[], fragmentPath: string | undefined): UnitDraft {
  const draft: UnitDraft = {
    name,
    id: name.full,
    type: name.type,
    names,
    fragmentPath,
    unit: newUnitSection(name.type),
    jobRunningTimeoutSet: false,
    startTimeoutDefined: false,
    runtimeRandomizedExtraUsec: 0,
    usbFunctionDescriptors: false,
    usbFunctionStrings: false,
    kill: newKillContext(),
    exec: newExecContext(),
    cpuWeight: 100,
    nice: 0,
    mountsFor: [],
    dependencies: [],
    others: [],
    knownPaths: null,
    diagnostics: [],
  }
  addNewSection(draft)
  return draft
}

function newUnitSection(type: UnitType): UnitDraft['unit'] {
  return {
    defaultDependencies: true,
    stopWhenUnneeded: false,
    refuseManualStart: false,
    refuseManualStop: false,
    allowIsolate: false,
    ignoreOnIsolate: IGNORED_ON_ISOLATE.has(type),
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

function addNewSection(draft: { -readonly [K in Sections]?: UnitDraft[K] } & Pick<UnitDraft, 'type'>): void {
  switch (draft.type) {
    case 'service':
      draft.service = newService()
      return
    case 'socket':
      draft.socket = newSocket()
      return
    case 'timer':
      draft.timer = newTimer()
      return
    case 'path':
      draft.path = newPath()
      return
    case 'mount':
      draft.mount = newMount()
      return
    case 'automount':
      draft.automount = newAutomount()
      return
    case 'swap':
      draft.swap = newSwap()
      return
    case 'scope':
      draft.scope = newScope()
      return
    case 'slice':
      draft.sliceSection = newSlice()
      return
    case 'target':
    case 'device':
      return
  }
}

/** The draft as everyone else sees it: without what only the reading needed. */
export function toConfig(
  draft: UnitDraft,
  loadState: LoadState,
  loadError: string | undefined,
  dropInPaths: readonly string[] = [],
): UnitConfig {
  const { id, type, names, fragmentPath, slice, diagnostics, dependencies, mountsFor, unit, kill, cpuWeight, nice } =
    draft
  const config: { -readonly [K in keyof UnitConfig]: UnitConfig[K] } = {
    id,
    type,
    names,
    loadState,
    dropInPaths,
    diagnostics,
    // Without the room to grow.
    dependencies: dependencies.slice(),
    others: draft.others.map(allKindsOf),
    mountsFor,
    unit,
    kill,
    cpuWeight,
    nice,
  }
  if (loadError !== undefined) config.loadError = loadError
  if (fragmentPath !== undefined) config.fragmentPath = fragmentPath
  if (slice !== undefined) config.slice = slice
  const { environment, unsetEnvironment, directories } = draft.exec
  if (environment !== null && environment.size > 0) config.environment = Object.fromEntries(environment)
  if (unsetEnvironment.length > 0) config.unsetEnvironment = unsetEnvironment
  const { environmentFiles, rootDirectory, workingDirectory, workingDirectoryMissingOk, user, logLevelMax } = draft.exec
  if (logLevelMax !== undefined) config.logLevelMax = logLevelMax
  if (environmentFiles.length > 0) config.environmentFiles = environmentFiles
  if (workingDirectory !== undefined && !workingDirectoryMissingOk) config.workingDirectory = workingDirectory
  if (!draft.exec.ignoreSigpipe) config.ignoreSigpipe = false
  if (rootDirectory !== undefined) config.rootDirectory = rootDirectory
  if (draft.exec.standardInput.startsWith('tty')) config.readsTerminal = true
  if (user !== undefined && !draft.exec.dynamicUser) config.user = user
  if (directories !== null && directories.size > 0) config.cleanable = [...directories.keys()].map(cleanedAs)
  else if (draft.timer?.persistent) config.cleanable = ['state']
  addSection(config, draft)
  return config
}

const cleanedAs = (key: string): string => key.replace(/Directory$/, '').toLowerCase()

function addSection(config: { -readonly [K in keyof UnitConfig]: UnitConfig[K] }, draft: UnitDraft): void {
  const { service, socket, timer, path, mount, automount, swap, scope, sliceSection } = draft
  if (service) config.service = serviceOf(service)
  else if (socket) config.socket = socketOf(socket)
  else if (timer) config.timer = timer
  else if (path) config.path = path
  else if (mount) config.mount = mount
  else if (automount) config.automount = { where: automount.where, timeoutIdleUsec: automount.timeoutIdleUsec }
  else if (swap) config.swap = { what: swap.what, timeoutUsec: swap.timeoutUsec }
  else if (scope) config.scope = scope
  else if (sliceSection) config.sliceSection = sliceSection
}

function socketOf({ symlinks: _, bindToDevice: __, ...socket }: SocketDraft): SocketSection {
  return socket
}

function serviceOf(service: ServiceDraft): ServiceSection {
  service.type ??= 'simple'
  service.oomPolicy ??= 'stop'
  return service as ServiceSection
}
