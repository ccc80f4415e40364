/**
 * What becomes of every setting: whether a story plays differently for it. `npm run settings` writes docs/settings.md
 * from this table, and a test holds it against the loader.
 */

import { type Context, keysOf } from './known-keys.ts'
import { CGROUP_EFFECTS, EXEC_EFFECTS } from './setting-effects-exec.ts'

export type Treatment = 'simulated' | 'no effect on jobs' | 'not simulated'

export interface Effect {
  readonly treatment: Treatment
  /** Why it is not simulated; of the others, how much of it is meant. */
  readonly note?: string
}

/** Keys that are treated alike. */
export type EffectRow = readonly [treatment: Treatment, keys: string, note?: string]

const conditions = (tests: string): string => tests.trim().replace(/\S+/g, 'Condition$& Assert$&')

const USUAL_MACHINE =
  'the machine is taken for a usual one: x86-64 hardware on mains power, booted before, no update pending, no ' +
  'special kernel command line, credentials or security module; a command runs as root'
const UNKNOWN_MACHINE = 'nothing is known of it; it is taken to be fulfilled, negated or not'
const CHANCE = 'the random part of a time is always the shortest'
const MANAGER_END = 'the manager just ends, with neither argument nor exit status'
const OUT_OF_MEMORY = 'nothing is killed for want of memory'
const FILE_DESCRIPTORS = 'nothing is put into the file descriptor store'

const UNIT: readonly EffectRow[] = [
  [
    'simulated',
    `Requires Requisite Wants BindsTo BindTo Upholds Conflicts Before After OnFailure OnSuccess PartOf
    PropagatesReloadTo PropagateReloadTo ReloadPropagatedFrom PropagateReloadFrom PropagatesStopTo StopPropagatedFrom
    RequiresOverridable RequisiteOverridable RequiresMountsFor WantsMountsFor StopWhenUnneeded RefuseManualStart
    RefuseManualStop AllowIsolate DefaultDependencies OnFailureJobMode OnFailureIsolate OnSuccessJobMode
    IgnoreOnIsolate JobTimeoutSec JobRunningTimeoutSec JobTimeoutAction StartLimitInterval StartLimitIntervalSec
    StartLimitBurst StartLimitAction FailureAction SuccessAction CollectMode`,
  ],
  ['simulated', 'Description', 'in the log'],
  ['simulated', 'JoinsNamespaceOf', 'the other unit is loaded and kept'],
  [
    'simulated',
    conditions(`PathExists PathExistsGlob PathIsDirectory PathIsSymbolicLink PathIsMountPoint PathIsSocket
    DirectoryNotEmpty FileNotEmpty FileIsExecutable`),
    'of the files that the story has',
  ],
  ['not simulated', conditions('PathIsReadWrite'), 'whatever is there is taken to be writable'],
  [
    'not simulated',
    conditions(`PathIsEncrypted NeedsUpdate FirstBoot Architecture Virtualization KernelCommandLine Security ACPower
    User Group Credential MachineTag`),
    USUAL_MACHINE,
  ],
  [
    'not simulated',
    `${conditions(`Host Capability KernelVersion ControlGroupController Memory CPUs Environment OSRelease MemoryPressure
    CPUPressure IOPressure CPUFeature Version KernelModuleLoaded Fraction Null`)} ConditionFirmware`,
    UNKNOWN_MACHINE,
  ],
  [
    'not simulated',
    'FailureActionExitStatus SuccessActionExitStatus RebootArgument JobTimeoutRebootArgument',
    MANAGER_END,
  ],
  ['no effect on jobs', 'Documentation IgnoreOnSnapshot'],
  ['simulated', 'SourcePath', 'what systemctl says of a source that has changed or is gone'],
  ['no effect on jobs', 'SurviveFinalKillSignal', 'it counts after the last job'],
]

const SERVICE: readonly EffectRow[] = [
  [
    'simulated',
    `Type ExitType ExecCondition ExecStartPre ExecStart ExecStartPost ExecReload ExecReloadPost ExecStop ExecStopPost
    PIDFile BusName RemainAfterExit GuessMainPID Restart RestartSec RestartSteps RestartMaxDelaySec RestartMode
    RestartPreventExitStatus RestartForceExitStatus SuccessExitStatus TimeoutSec TimeoutStartSec TimeoutStopSec
    TimeoutAbortSec TimeoutStartFailureMode TimeoutStopFailureMode RuntimeMaxSec WatchdogSec NotifyAccess ReloadSignal
    StartLimitInterval StartLimitBurst StartLimitAction FailureAction`,
  ],
  ['simulated', 'Sockets', 'the dependencies that follow'],
  ['not simulated', 'RuntimeRandomizedExtraSec RestartRandomizedDelaySec', CHANCE],
  ['not simulated', 'FileDescriptorStoreMax FileDescriptorStorePreserve LUOSession', FILE_DESCRIPTORS],
  ['not simulated', 'OOMPolicy', OUT_OF_MEMORY],
  ['not simulated', 'RefreshOnReload', 'extensions and credentials are never refreshed'],
  ['not simulated', 'OpenFile', 'every file can be opened'],
  ['not simulated', 'RebootArgument', MANAGER_END],
  ['not simulated', 'RootDirectoryStartOnly', 'every command finds its program, in whatever root directory'],
  [
    'no effect on jobs',
    'PermissionsStartOnly NonBlocking USBFunctionDescriptors USBFunctionStrings SysVStartPriority BusPolicy',
  ],
]

const SOCKET: readonly EffectRow[] = [
  [
    'simulated',
    `ListenStream Accept Service MaxConnections MaxConnectionsPerSource FlushPending TriggerLimitIntervalSec
    TriggerLimitBurst PollLimitIntervalSec PollLimitBurst DeferTrigger DeferTriggerMaxSec TimeoutSec ExecStartPre
    ExecStartPost ExecStopPre ExecStopPost RemoveOnStop`,
  ],
  [
    'simulated',
    'ListenDatagram ListenSequentialPacket ListenFIFO ListenNetlink ListenSpecial ListenMessageQueue ListenUSBFunction',
    'opened and closed; a story has no traffic for them',
  ],
  ['simulated', 'SocketUser SocketGroup', 'start-chown; who owns it exists unless the name says otherwise'],
  ['simulated', 'BindToDevice', 'the dependencies that follow'],
  ['simulated', 'Symlinks', 'refused where there is more than one node; the links are not made'],
  [
    'not simulated',
    'SocketProtocol BindIPv6Only FreeBind Transparent ReusePort',
    'an address is taken exactly if another socket unit listens on one that is written alike',
  ],
  ['not simulated', 'DeferAcceptSec', 'a connection counts from the moment that it is made'],
  [
    'no effect on jobs',
    `Backlog SocketMode DirectoryMode KeepAlive KeepAliveTimeSec KeepAliveIntervalSec KeepAliveProbes NoDelay Priority
    ReceiveBuffer SendBuffer IPTOS IPTTL Mark PipeSize Broadcast PassCredentials PassSecurity TCPCongestion
    MessageQueueMaxMessages MessageQueueMessageSize SmackLabel SmackLabelIPIn SmackLabelIPOut SELinuxContextFromNet
    Writable FileDescriptorName PassPacketInfo Timestamping PassFileDescriptorsToExec PassPIDFD AcceptFileDescriptors
    XAttrEntryPoint XAttrListen XAttrAccept`,
  ],
]

const TIMER: readonly EffectRow[] = [
  [
    'simulated',
    `OnCalendar OnActiveSec OnBootSec OnStartupSec OnUnitActiveSec OnUnitInactiveSec Persistent RemainAfterElapse
    DeferReactivation Unit`,
  ],
  ['simulated', 'OnClockChange OnTimezoneChange', 'they keep a timer waiting; nobody sets the clock in a story'],
  ['simulated', 'AccuracySec', 'a timer elapses as soon as the manager is up, or at the same spot of each minute'],
  ['not simulated', 'RandomizedDelaySec FixedRandomDelay RandomizedOffsetSec', CHANCE],
  ['not simulated', 'WakeSystem', 'the machine never sleeps'],
]

const PATH: readonly EffectRow[] = [
  [
    'simulated',
    `PathExists PathExistsGlob PathChanged PathModified DirectoryNotEmpty Unit MakeDirectory TriggerLimitIntervalSec
    TriggerLimitBurst`,
  ],
  ['no effect on jobs', 'DirectoryMode'],
]

const MOUNT: readonly EffectRow[] = [
  ['simulated', 'What Where Type TimeoutSec'],
  [
    'simulated',
    'Options',
    'the dependencies that follow; tmpfs refuses what it does not know, other file systems take every option',
  ],
  ['simulated', 'LazyUnmount', 'a mount is busy as long as the working directory of some process is in it'],
  ['not simulated', 'ForceUnmount', 'every server answers, and a busy mount stays busy'],
  ['not simulated', 'SloppyOptions ReadWriteOnly', 'mounting works if the source can be there'],
  ['no effect on jobs', 'DirectoryMode'],
]

const SWAP: readonly EffectRow[] = [
  ['simulated', 'What TimeoutSec'],
  ['simulated', 'Options', 'the dependencies that follow'],
  ['no effect on jobs', 'Priority'],
]

const SCOPE: readonly EffectRow[] = [
  ['simulated', 'TimeoutStopSec RuntimeMaxSec'],
  ['not simulated', 'RuntimeRandomizedExtraSec', CHANCE],
  ['not simulated', 'OOMPolicy', OUT_OF_MEMORY],
]

const ROWS: Readonly<Record<Context, readonly EffectRow[]>> = {
  Unit: UNIT,
  Service: SERVICE,
  Socket: SOCKET,
  Timer: TIMER,
  Path: PATH,
  Mount: MOUNT,
  Automount: [
    ['simulated', 'Where TimeoutIdleSec'],
    ['no effect on jobs', 'DirectoryMode ExtraOptions'],
  ],
  Swap: SWAP,
  Slice: [['simulated', 'ConcurrencySoftMax ConcurrencyHardMax ActivatingConcurrencyMax']],
  Scope: SCOPE,
  Install: [
    ['no effect on jobs', 'Alias WantedBy RequiredBy UpheldBy Also DefaultInstance', '`systemctl enable` reads it'],
  ],
  kill: [['simulated', 'SendSIGKILL SendSIGHUP KillMode KillSignal RestartKillSignal FinalKillSignal WatchdogSignal']],
  exec: EXEC_EFFECTS,
  cgroup: CGROUP_EFFECTS,
}

/** Every key that the table mentions, as often as it does. */
export const mentioned = (context: Context): string[] => ROWS[context].flatMap(([, keys]) => keys.trim().split(/\s+/))

/** What becomes of each key of a context; undefined where the table has forgotten one. */
export function effectsOf(context: Context): ReadonlyMap<string, Effect | undefined> {
  const effects = new Map<string, Effect>()
  for (const [treatment, keys, note] of ROWS[context]) {
    for (const key of keys.trim().split(/\s+/))
      effects.set(key, note === undefined ? { treatment } : { treatment, note })
  }
  return new Map(keysOf(context).map(({ key }) => [key, effects.get(key)]))
}
