/**
 * What differs between releases of systemd, one row each. Code asks the table by name and never compares a version
 * number; a row says since when (and until when) the behaviour is there.
 */

export const OLDEST = 219
export const NEWEST = 262
/** The releases the recordings were made on; the others are dated from systemd's history. */
export const RECORDED = [247, 252, 254, 257, 262] as const

interface Span {
  /** First release that has it. */
  readonly since?: number
  /** Last release that has it. */
  readonly until?: number
}

const TABLE = {
  // Jobs and transactions (spec 01, 12).
  tryRestartWhileActivating: { since: 252 },
  reloadRedundantWhileReloading: { until: 251 },
  restartRedundantWhileActivating: { until: 251 },
  upholds: { since: 249 },
  onSuccess: { since: 249 },
  propagatesStopToLikeRequiredBy: { since: 249, until: 253 },
  propagatesStopToGraceful: { since: 254 },
  failedRequirementDropsJob: { since: 254 },
  loadErrorAdvises: { since: 248 },
  retriesLoadInTransaction: { since: 246 },
  propagatesReloadOnlyIfAny: { since: 257 },
  triggeringMode: { since: 244 },
  refusesStartWhileDbusStops: { since: 254 },
  fileIsDirectoryNotEmpty: { until: 247 },
  knowsForeignContainers: { since: 248 },
  serializesRateLimits: { since: 255 },
  // What systemctl says (spec 01, 10).
  tryOnMaskedIsIgnored: { since: 251 },
  cancelSaysIgnoring: { since: 255 },
  gcOfToldJobs: { since: 254 },
  marksUnits: { since: 248 },
  marksAreChecked: { since: 254 },
  marksStartAndStop: { since: 262 },
  clientKnowsKillWhom: { since: 252 },
  clientKnowsNoWarn: { since: 253 },
  clientQuotesSignal: { since: 248 },
  clientKnowsStartLimitHit: { since: 252 },
  clientKnowsOomKill: { since: 252 },
  clientSpellsSituation: { since: 258 },
  clientHintNamesUnit: { since: 248 },
  clientTellsUnknownUnits: { since: 253 },
  clientRebootsSoftly: { since: 254 },
  clientAsksWhetherAnyFailed: { since: 255 },
  clientGuessesVerb: { since: 255 },
  clientSleeps: { since: 256 },
  killNamesUnsupported: { since: 255 },
  clientNamesTransport: { since: 256 },
  triggerWarningInOneLine: { since: 254 },
  disconnectWordsNew: { since: 256 },
  unknownUserIsInvalid: { since: 258 },
  clientTellsFinishedJobs: { since: 256 },
  tableCountsTabAsEight: { since: 256 },
  listJobsNamesDirection: { since: 252 },
  isolateKeepsTriggered: { since: 249 },
  isolateTriggerMustBeUp: { since: 257 },
  conflictsMatteringFirst: { since: 262 },
  cycleInOneLine: { since: 259 },
  cyclesDegrade: { since: 259 },
  manyUnitsOneTransaction: { since: 262 },
  destructiveNamesUnits: { since: 238 },
  restartDependenciesMode: { since: 254 },
  restartDependenciesRefusesLateMerge: { since: 254, until: 254 },
  reenqueueAnchor: { since: 257 },
  lenientMode: { since: 258 },
  startWhileDeactivatingAgainAtOnce: { since: 262 },
  startLimitInUnitStart: { since: 250 },
  startLimitAfterStartable: { since: 262 },
  frozenResult: { since: 256 },
  thawsSlices: { since: 252 },
  sliceConcurrency: { since: 258 },
  sliceActivatingConcurrency: { since: 262 },
  beginLineWhenOnlyWaiting: { since: 252 },
  mountRateLimitAgain: { since: 252 },
  checksRetriedWhenJobEnds: { since: 251 },
  boundCheckInQueue: { since: 249 },
  execConditionSkipsJob: { until: 247 },
  reloadCanceledWhenUnitLeaves: { since: 259 },
  restartJobOnAutoRestart: { until: 253 },
  onFailureEachCycle: { since: 254 },
  // StatusUnitFormat=combined is Debian's default from its 249 on; upstream's is the description.
  successIsDebugForUsers: { since: 248 },
  conditionNamedWhenSkipped: { since: 250 },
  statusCombined: { since: 249 },
  dispatchByPriority: { since: 243 },
  // Loading.
  typeLevelDropIns: { since: 244 },
  upholdsFolders: { since: 254 },
  mountStopPropagated: { since: 249 },
  unitsEmbedded: { since: 262 },
  deviceBoundByValue: { since: 255 },
  directoryLinks: { since: 251 },
  sectionHeaderChecked: { since: 251 },
  automountNeedsParent: { since: 252 },
  privateMountsTristate: { since: 254 },
  maxConnectionsOfAny: { since: 256 },
  appSlice: { since: 247 },
  timerAfterTimeSet: { since: 248 },
  privateTmpWeakly: { since: 248 },
  mountBoundToDevice: { until: 248 },
  maskedWithoutDropIns: { since: 256 },
  contextsVerified: { since: 256 },
  userStateDirectory: { since: 254 },
  emergencyHaltOfUsers: { since: 254, until: 255 },
  privateTmpNeedsVar: { since: 258 },
  wantsMountsFor: { since: 256 },
  journaldSyncService: { since: 256 },
  nextRootExtrinsic: { since: 254 },
  swapOverNetwork: { since: 262 },
  credentialsMakeExec: { since: 257 },
  cpuWeightIdle: { since: 252 },
  emergencyExitInstead: { until: 252 },
  oneshotForceRestart: { since: 256 },
  dynamicUserTmpDisconnected: { since: 257 },
  sliceDescriptionFromPath: { since: 248 },
  mountTagsInUnits: { since: 256 },
  privateTmpDisconnected: { since: 257 },
  recursiveTemplatesDropped: { since: 250 },
  emergencyHalt: { since: 254 },
  emergencySleeps: { since: 258 },
  serviceNotifyReload: { since: 253 },
  restartModeDebug: { since: 257 },
  execWithoutExpansion: { since: 242 },
  execViaShell: { since: 258 },
  execPathImpliesDirectory: { since: 256 },
  onFailureNeedsFailure: { since: 245 },
  specifierFragmentPath: { since: 251 },
  specifierSharedData: { since: 256 },
  // Sockets, timers, paths, mounts and scopes (spec 02, 5 and 10.5).
  triggerNoneNamed: { since: 242 },
  triggerNotifyLoadedOnly: { until: 244 },
  startLimitOverridesResult: { since: 262 },
  timerKeepsLastTrigger: { since: 257 },
  timerKeepsElapse: { since: 262 },
  timerCalendarFromLastStart: { since: 251 },
  timerCalendarClamped: { since: 242 },
  timerCalendarClampedIfStale: { since: 258 },
  pathWatchesWhileRunning: { until: 242 },
  pathExistsOnlyOnce: { since: 244, until: 245 },
  pathHeedsStartLimit: { since: 245 },
  pathRechecks: { since: 246 },
  directoryNotEmptyOfFile: { until: 247 },
  pathTriggerLimit: { since: 250 },
  pathDefersRecheck: { since: 252 },
  pathDeactivatingIsDown: { since: 255 },
  socketKnowsRestartSignal: { since: 244 },
  socketKillsBeforeUp: { since: 244, until: 257 },
  socketPollLimit: { since: 255 },
  socketQueueFailedShort: { since: 256 },
  socketChecksInstance: { since: 256 },
  socketCountsUnixSources: { since: 256 },
  socketServiceByActiveState: { since: 257 },
  socketDefersTrigger: { since: 258 },
  socketStartOpen: { since: 258 },
  socketInstanceHasCookie: { since: 258 },
  mountKeepsLateResult: { since: 252 },
  mountFlushesResult: { since: 255 },
  mountStopKillsRemount: { since: 257 },
  // Services, their processes and conditions (spec 02, 4 and 10.4).
  oneshotFinishes: { since: 245 },
  timeoutFailureModes: { since: 246 },
  timeoutsNameStates: { since: 243 },
  stopsWhileStopWatchdog: { since: 243 },
  leftoversForbidStart: { since: 242 },
  leftoversToldOnce: { since: 255 },
  spawnsByExecutor: { since: 255 },
  logsKillRequests: { since: 247 },
  // In 252, and in stable releases from 250 on.
  waitsForKilledGroup: { since: 250 },
  killsGroupInKernel: { since: 257 },
  killLogsTermination: { since: 257 },
  // A stable backport that the recorded 247 lacks.
  mainExitEndsReload: { since: 248 },
  execConditionSetsResult: { since: 248 },
  pendingStopDelaysRestart: { until: 248 },
  conditionSkipRestarts: { until: 250 },
  lastNotificationWins: { until: 252 },
  notifyReloadingOption: { since: 253 },
  reloadNotifyState: { since: 253 },
  restartStates: { since: 254 },
  missingProgramSkipped: { until: 255 },
  notifyMainPidWhileStopping: { since: 256 },
  forcedRestartNeedsFailure: { since: 256 },
  restartCounterFlushed: { until: 256 },
  startHurriesRestart: { since: 257 },
  readyWithReloading: { since: 257 },
  conditionMemorySize: { since: 252 },
  conditionVersion: { since: 258 },
  notifyRestartReset: { since: 258 },
  reloadSignalAfterCommand: { since: 259 },
  notifyStoppingIsFinal: { since: 259 },
  busNameGrace: { since: 262 },
  reloadSignalNeedsHandler: { since: 262 },
} as const satisfies Record<string, Span>

export type Feature = keyof typeof TABLE
export type Features = Readonly<Record<Feature, boolean>> & { readonly version: number }

const known = new Map<number, Features>()

/** The answers of the table for one release; a release outside the table's range gets the nearest end. */
export function featuresOf(version: number): Features {
  const found = known.get(version)
  if (found) return found
  const rows = Object.entries(TABLE) as [Feature, Span][]
  const on = rows.map(([name, span]) => [
    name,
    version >= (span.since ?? 0) && version <= (span.until ?? Number.POSITIVE_INFINITY),
  ])
  const features = { ...(Object.fromEntries(on) as Record<Feature, boolean>), version }
  known.set(version, features)
  return features
}
