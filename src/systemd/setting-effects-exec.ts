/** What becomes of the settings of processes and of control groups, which several types of units share. */

import type { EffectRow } from './setting-effects.ts'

const DEPENDENCIES = 'the dependencies that follow'
const ENVIRONMENT = 'a command sees only the variables that systemd itself sets, and those of Environment='
const SANDBOX = 'the sandbox can be set up, and the program stays within it'
const LIMIT = 'no program runs into a limit'
const MEMORY = 'nothing is killed for want of memory'
const TRAFFIC = 'programs are free to talk to anyone'

export const EXEC_EFFECTS: readonly EffectRow[] = [
  [
    'simulated',
    'WorkingDirectory RootDirectory',
    `${DEPENDENCIES}; a process fails if the name says that it is missing`,
  ],
  [
    'simulated',
    `RootImage RootMStack PrivateTmp StateDirectory CacheDirectory LogsDirectory
    RuntimeDirectory ConfigurationDirectory StandardInput StandardOutput StandardError LogNamespace MountImages
    PrivateDevices`,
    DEPENDENCIES,
  ],
  ['simulated', 'LogLevelMax', 'it drops what the manager itself says of the unit, too, since 249'],
  ['simulated', 'IgnoreSIGPIPE', 'whether processes that are sent SIGPIPE die of it'],
  ['simulated', 'Nice', 'the order in which waiting jobs are run'],
  ['simulated', 'DynamicUser', 'the PrivateTmp= that it brings, and where it is refused; the user is there'],
  [
    'simulated',
    'SetCredential SetCredentialEncrypted LoadCredential LoadCredentialEncrypted ImportCredential',
    'the default of Type=; a credential can always be read',
  ],
  ['simulated', 'PrivatePIDs', 'where it is refused'],
  ['not simulated', 'PAMName', 'every session can be opened'],
  ['simulated', 'User', 'a process fails if the name says that there is no such user'],
  ['not simulated', 'Group SupplementaryGroups', 'groups exist'],
  ['simulated', 'Environment UnsetEnvironment', 'what commands do with their variables, as far as they can be read'],
  ['simulated', 'EnvironmentFile', 'no command starts if the name says that it is missing; what is in it is not known'],
  ['not simulated', 'PassEnvironment SetLoginEnvironment', ENVIRONMENT],
  ['not simulated', 'ExecSearchPath', 'a program that nobody mentions is where programs are'],
  [
    'not simulated',
    'LimitCORE CoredumpFilter',
    "the system manager's processes dump core, but for those of recordings; a user's do not",
  ],
  [
    'not simulated',
    `LimitCPU LimitFSIZE LimitDATA LimitSTACK LimitRSS LimitNOFILE LimitAS LimitNPROC LimitMEMLOCK LimitLOCKS
    LimitSIGPENDING LimitMSGQUEUE LimitNICE LimitRTPRIO LimitRTTIME`,
    LIMIT,
  ],
  [
    'not simulated',
    `Capabilities SecureBits CapabilityBoundingSet AmbientCapabilities NoNewPrivileges SystemCallFilter
    SystemCallArchitectures SystemCallErrorNumber SystemCallLog RestrictAddressFamilies RestrictNamespaces
    RestrictRealtime RestrictSUIDSGID RestrictFileSystems MemoryDenyWriteExecute LockPersonality Personality
    ReadWriteDirectories ReadOnlyDirectories InaccessibleDirectories ReadWritePaths ReadOnlyPaths InaccessiblePaths
    ExecPaths NoExecPaths PrivateNetwork PrivateUsers PrivateMounts PrivateIPC PrivateBPF ProtectSystem ProtectHome
    ProtectKernelTunables ProtectKernelModules ProtectKernelLogs ProtectControlGroups ProtectHostname ProtectClock
    ProtectProc ProcSubset MountFlags MountAPIVFS BindPaths BindReadOnlyPaths BindLogSockets TemporaryFileSystem
    RootImageOptions RootImagePolicy RootEphemeral RootHash RootHashSignature RootVerity ExtensionImages
    ExtensionImagePolicy ExtensionDirectories MountImagePolicy NetworkNamespacePath IPCNamespacePath UserNamespacePath
    SELinuxContext AppArmorProfile SmackProcessLabel KeyringMode DelegateNamespaces BPFDelegateCommands BPFDelegateMaps
    BPFDelegatePrograms BPFDelegateAttachments`,
    SANDBOX,
  ],
  [
    'not simulated',
    `StateDirectoryQuota CacheDirectoryQuota LogsDirectoryQuota StateDirectoryAccounting CacheDirectoryAccounting
    LogsDirectoryAccounting`,
    LIMIT,
  ],
  ['not simulated', 'StandardInputText StandardInputData', 'no command reads its input'],
  [
    'no effect on jobs',
    `OOMScoreAdjust IOSchedulingClass IOSchedulingPriority CPUSchedulingPolicy CPUSchedulingPriority
    CPUSchedulingResetOnFork CPUAffinity NUMAPolicy NUMAMask TimerSlackNSec UMask TTYPath TTYReset TTYVHangup
    TTYVTDisallocate TTYRows TTYColumns SyslogIdentifier SyslogFacility SyslogLevel SyslogLevelPrefix
    LogExtraFields LogRateLimitIntervalSec LogRateLimitBurst LogFilterPatterns UtmpIdentifier UtmpMode
    RemoveIPC MemoryKSM MemoryTHP RuntimeDirectoryMode RuntimeDirectoryPreserve StateDirectoryMode CacheDirectoryMode
    LogsDirectoryMode ConfigurationDirectoryMode`,
  ],
  ['no effect on jobs', 'TimeoutCleanSec', '`systemctl clean` makes no job, and is soon done'],
]

export const CGROUP_EFFECTS: readonly EffectRow[] = [
  ['simulated', 'Slice', 'the dependencies that follow, and limits to how many jobs a slice runs'],
  ['simulated', 'CPUWeight', 'the order in which waiting jobs are run'],
  ['simulated', 'DeviceAllow DevicePolicy', 'the dependencies that follow, for units with an image'],
  ['simulated', 'ManagedOOMSwap ManagedOOMMemoryPressure', 'the dependencies that follow; nothing is killed'],
  ['not simulated', 'Delegate DelegateSubgroup', 'programs make no control groups of their own'],
  [
    'not simulated',
    `MemoryMin MemoryLow MemoryHigh MemoryMax MemorySwapMax MemoryZSwapMax MemoryZSwapWriteback MemoryLimit
    StartupMemoryLow StartupMemoryHigh StartupMemoryMax StartupMemorySwapMax StartupMemoryZSwapMax DefaultMemoryMin
    DefaultMemoryLow DefaultStartupMemoryLow ManagedOOMMemoryPressureLimit ManagedOOMMemoryPressureLimitPercent
    ManagedOOMMemoryPressureDurationSec ManagedOOMPreference OOMRules`,
    MEMORY,
  ],
  ['not simulated', 'TasksMax', LIMIT],
  [
    'not simulated',
    `IPAddressAllow IPAddressDeny IPIngressFilterPath IPEgressFilterPath SocketBindAllow SocketBindDeny
    RestrictNetworkInterfaces BindNetworkInterface NFTSet BPFProgram`,
    TRAFFIC,
  ],
  [
    'no effect on jobs',
    `CPUAccounting CPUShares StartupCPUShares StartupCPUWeight CPUQuota CPUQuotaPeriodSec AllowedCPUs
    StartupAllowedCPUs AllowedMemoryNodes StartupAllowedMemoryNodes CPUSetPartition MemoryAccounting IOAccounting
    IOWeight StartupIOWeight IODeviceWeight IOReadBandwidthMax IOWriteBandwidthMax IOReadIOPSMax IOWriteIOPSMax
    IODeviceLatencyTargetSec BlockIOAccounting BlockIOWeight StartupBlockIOWeight BlockIODeviceWeight
    BlockIOReadBandwidth BlockIOWriteBandwidth TasksAccounting IPAccounting NetClass DisableControllers
    MemoryPressureThresholdSec MemoryPressureWatch CPUPressureThresholdSec CPUPressureWatch IOPressureThresholdSec
    IOPressureWatch CoredumpReceive`,
  ],
]
