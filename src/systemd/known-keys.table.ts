/** Every key that the parsers of any release know, since when: src/core/load-fragment-gperf.gperf.in (v219 to v262). */

/** Release → the keys it brought; 0 for those that were always there. */
export type Releases = Readonly<Record<number, string>>

export const UNIT: Releases = {
  0: `
    Description Documentation SourcePath Requires Requisite Wants BindsTo BindTo Conflicts Before After OnFailure
    PropagatesReloadTo PropagateReloadTo ReloadPropagatedFrom PropagateReloadFrom PartOf JoinsNamespaceOf
    RequiresOverridable RequisiteOverridable RequiresMountsFor StopWhenUnneeded RefuseManualStart RefuseManualStop
    AllowIsolate DefaultDependencies OnFailureJobMode OnFailureIsolate IgnoreOnIsolate IgnoreOnSnapshot
    JobTimeoutSec JobTimeoutAction JobTimeoutRebootArgument ConditionPathExists ConditionPathExistsGlob
    ConditionPathIsDirectory ConditionPathIsSymbolicLink ConditionPathIsMountPoint ConditionPathIsReadWrite
    ConditionDirectoryNotEmpty ConditionFileNotEmpty ConditionFileIsExecutable ConditionNeedsUpdate
    ConditionFirstBoot ConditionArchitecture ConditionVirtualization ConditionHost ConditionKernelCommandLine
    ConditionSecurity ConditionCapability ConditionACPower AssertPathExists AssertPathExistsGlob
    AssertPathIsDirectory AssertPathIsSymbolicLink AssertPathIsMountPoint AssertPathIsReadWrite
    AssertDirectoryNotEmpty AssertFileNotEmpty AssertFileIsExecutable AssertNeedsUpdate AssertFirstBoot
    AssertArchitecture AssertVirtualization AssertHost AssertKernelCommandLine AssertSecurity AssertCapability
    AssertACPower ConditionNull AssertNull
  `,
  229: 'StartLimitInterval StartLimitBurst StartLimitAction RebootArgument',
  231: 'StartLimitIntervalSec',
  234: 'JobRunningTimeoutSec ConditionUser ConditionGroup AssertUser AssertGroup',
  236: 'FailureAction SuccessAction CollectMode',
  237: 'ConditionKernelVersion ConditionControlGroupController AssertKernelVersion AssertControlGroupController',
  240: 'FailureActionExitStatus SuccessActionExitStatus',
  246: `
    ConditionPathIsEncrypted ConditionMemory ConditionCPUs ConditionEnvironment AssertPathIsEncrypted AssertMemory
    AssertCPUs AssertEnvironment
  `,
  249: `
    Upholds OnSuccess PropagatesStopTo StopPropagatedFrom OnSuccessJobMode ConditionFirmware ConditionOSRelease
    AssertOSRelease
  `,
  250: `
    ConditionMemoryPressure ConditionCPUPressure ConditionIOPressure AssertMemoryPressure AssertCPUPressure
    AssertIOPressure
  `,
  251: 'ConditionCPUFeature AssertCPUFeature',
  252: 'ConditionCredential AssertCredential',
  255: 'SurviveFinalKillSignal',
  256: 'WantsMountsFor',
  258: 'ConditionVersion ConditionKernelModuleLoaded AssertVersion AssertKernelModuleLoaded',
  260: 'ConditionPathIsSocket AssertPathIsSocket',
  261: 'ConditionFraction ConditionMachineTag AssertFraction AssertMachineTag',
}

export const INSTALL: Releases = {
  0: 'Alias WantedBy RequiredBy Also DefaultInstance',
  254: 'UpheldBy',
}

export const SERVICE: Releases = {
  0: `
    PIDFile ExecStartPre ExecStart ExecStartPost ExecReload ExecStop ExecStopPost RestartSec TimeoutSec
    TimeoutStartSec TimeoutStopSec WatchdogSec StartLimitInterval StartLimitBurst StartLimitAction FailureAction
    RebootArgument Type Restart PermissionsStartOnly RootDirectoryStartOnly RemainAfterExit GuessMainPID
    RestartPreventExitStatus RestartForceExitStatus SuccessExitStatus SysVStartPriority NonBlocking BusName
    FileDescriptorStoreMax NotifyAccess Sockets BusPolicy
  `,
  229: 'RuntimeMaxSec USBFunctionDescriptors USBFunctionStrings',
  243: 'ExecCondition TimeoutAbortSec OOMPolicy',
  246: 'TimeoutStartFailureMode TimeoutStopFailureMode',
  250: 'RuntimeRandomizedExtraSec ExitType',
  253: 'OpenFile ReloadSignal',
  254: 'RestartSteps RestartMaxDelaySec RestartMode FileDescriptorStorePreserve',
  259: 'ExecReloadPost',
  260: 'RefreshOnReload',
  262: 'RestartRandomizedDelaySec LUOSession',
}

export const SOCKET: Releases = {
  0: `
    ListenStream ListenDatagram ListenSequentialPacket ListenFIFO ListenNetlink ListenSpecial ListenMessageQueue
    BindIPv6Only Backlog BindToDevice ExecStartPre ExecStartPost ExecStopPre ExecStopPost TimeoutSec SocketUser
    SocketGroup SocketMode DirectoryMode Accept MaxConnections KeepAlive KeepAliveTimeSec KeepAliveIntervalSec
    KeepAliveProbes DeferAcceptSec NoDelay Priority ReceiveBuffer SendBuffer IPTOS IPTTL Mark PipeSize FreeBind
    Transparent Broadcast PassCredentials PassSecurity TCPCongestion ReusePort MessageQueueMaxMessages
    MessageQueueMessageSize RemoveOnStop Symlinks Service SmackLabel SmackLabelIPIn SmackLabelIPOut
    SELinuxContextFromNet
  `,
  229: 'ListenUSBFunction SocketProtocol Writable FileDescriptorName',
  231: 'TriggerLimitIntervalSec TriggerLimitBurst',
  232: 'MaxConnectionsPerSource',
  246: 'PassPacketInfo',
  247: 'FlushPending Timestamping',
  255: 'PollLimitIntervalSec PollLimitBurst',
  256: 'PassFileDescriptorsToExec',
  258: 'PassPIDFD AcceptFileDescriptors DeferTrigger DeferTriggerMaxSec',
  262: 'XAttrEntryPoint XAttrListen XAttrAccept',
}

export const MOUNT: Releases = {
  0: 'What Where Options Type TimeoutSec DirectoryMode SloppyOptions',
  232: 'LazyUnmount ForceUnmount',
  246: 'ReadWriteOnly',
}

export const AUTOMOUNT: Releases = {
  0: 'Where DirectoryMode',
  229: 'TimeoutIdleSec',
  250: 'ExtraOptions',
}

export const SWAP: Releases = {
  0: 'What Priority Options TimeoutSec',
}

export const TIMER: Releases = {
  0: `
    OnCalendar OnActiveSec OnBootSec OnStartupSec OnUnitActiveSec OnUnitInactiveSec Persistent WakeSystem
    AccuracySec Unit
  `,
  229: 'RemainAfterElapse RandomizedDelaySec',
  242: 'OnClockChange OnTimezoneChange',
  247: 'FixedRandomDelay',
  257: 'DeferReactivation',
  258: 'RandomizedOffsetSec',
}

export const PATH: Releases = {
  0: 'PathExists PathExistsGlob PathChanged PathModified DirectoryNotEmpty Unit MakeDirectory DirectoryMode',
  250: 'TriggerLimitIntervalSec TriggerLimitBurst',
}

export const SLICE: Releases = {
  258: 'ConcurrencySoftMax ConcurrencyHardMax',
  262: 'ActivatingConcurrencyMax',
}

export const SCOPE: Releases = {
  0: 'TimeoutStopSec',
  244: 'RuntimeMaxSec',
  250: 'RuntimeRandomizedExtraSec',
  252: 'OOMPolicy',
}

export const EXEC: Releases = {
  0: `
    WorkingDirectory RootDirectory User Group SupplementaryGroups Nice OOMScoreAdjust IOSchedulingClass
    IOSchedulingPriority CPUSchedulingPolicy CPUSchedulingPriority CPUSchedulingResetOnFork CPUAffinity UMask
    Environment EnvironmentFile StandardInput StandardOutput StandardError TTYPath TTYReset TTYVHangup
    TTYVTDisallocate SyslogIdentifier SyslogFacility SyslogLevel SyslogLevelPrefix Capabilities SecureBits
    CapabilityBoundingSet TimerSlackNSec NoNewPrivileges SystemCallFilter SystemCallArchitectures
    SystemCallErrorNumber RestrictAddressFamilies LimitCPU LimitFSIZE LimitDATA LimitSTACK LimitCORE LimitRSS
    LimitNOFILE LimitAS LimitNPROC LimitMEMLOCK LimitLOCKS LimitSIGPENDING LimitMSGQUEUE LimitNICE LimitRTPRIO
    LimitRTTIME ReadWriteDirectories ReadOnlyDirectories InaccessibleDirectories PrivateTmp PrivateDevices
    PrivateNetwork ProtectSystem ProtectHome MountFlags Personality RuntimeDirectoryMode RuntimeDirectory PAMName
    IgnoreSIGPIPE UtmpIdentifier SELinuxContext AppArmorProfile SmackProcessLabel
  `,
  229: 'PassEnvironment AmbientCapabilities UtmpMode',
  231: 'MemoryDenyWriteExecute RestrictRealtime ReadWritePaths ReadOnlyPaths InaccessiblePaths',
  232: 'DynamicUser RestrictNamespaces ProtectKernelTunables ProtectKernelModules ProtectControlGroups PrivateUsers',
  233: 'RootImage BindPaths BindReadOnlyPaths MountAPIVFS',
  235: `
    UnsetEnvironment KeyringMode LockPersonality RuntimeDirectoryPreserve StateDirectoryMode StateDirectory
    CacheDirectoryMode CacheDirectory LogsDirectoryMode LogsDirectory ConfigurationDirectoryMode
    ConfigurationDirectory
  `,
  236: 'RemoveIPC StandardInputText StandardInputData LogLevelMax LogExtraFields',
  238: 'TemporaryFileSystem',
  239: 'PrivateMounts',
  240: 'LogRateLimitIntervalSec LogRateLimitBurst',
  241: 'RestrictSUIDSGID',
  242: 'NetworkNamespacePath ProtectHostname',
  243: 'NUMAPolicy NUMAMask TimeoutCleanSec',
  244: 'ProtectKernelLogs',
  245: 'ProtectClock LogNamespace',
  246: 'RootHash RootHashSignature RootVerity CoredumpFilter',
  247: 'RootImageOptions MountImages ProtectProc ProcSubset SystemCallLog SetCredential LoadCredential',
  248: 'ExtensionImages ExecPaths NoExecPaths IPCNamespacePath PrivateIPC',
  250: 'TTYRows TTYColumns RestrictFileSystems ExecSearchPath SetCredentialEncrypted LoadCredentialEncrypted',
  251: 'ExtensionDirectories',
  253: 'LogFilterPatterns',
  254: 'RootImagePolicy RootEphemeral ExtensionImagePolicy MountImagePolicy ImportCredential MemoryKSM',
  255: 'SetLoginEnvironment',
  257: 'PrivatePIDs BindLogSockets',
  258: `
    PrivateBPF BPFDelegateCommands BPFDelegateMaps BPFDelegatePrograms BPFDelegateAttachments DelegateNamespaces
    StateDirectoryAccounting StateDirectoryQuota CacheDirectoryAccounting CacheDirectoryQuota
    LogsDirectoryAccounting LogsDirectoryQuota
  `,
  259: 'UserNamespacePath',
  260: 'RootMStack MemoryTHP',
}

export const KILL: Releases = {
  0: 'SendSIGKILL SendSIGHUP KillMode KillSignal',
  240: 'FinalKillSignal WatchdogSignal',
  244: 'RestartKillSignal',
}

export const CGROUP: Releases = {
  0: `
    Slice CPUAccounting CPUShares StartupCPUShares CPUQuota MemoryAccounting MemoryLimit DeviceAllow DevicePolicy
    BlockIOAccounting BlockIOWeight StartupBlockIOWeight BlockIODeviceWeight BlockIOReadBandwidth
    BlockIOWriteBandwidth Delegate
  `,
  229: 'TasksAccounting TasksMax NetClass',
  231: `
    MemoryLow MemoryHigh MemoryMax IOAccounting IOWeight StartupIOWeight IODeviceWeight IOReadBandwidthMax
    IOWriteBandwidthMax IOReadIOPSMax IOWriteIOPSMax
  `,
  232: 'CPUWeight StartupCPUWeight MemorySwapMax',
  235: 'IPAccounting IPAddressAllow IPAddressDeny',
  240: 'MemoryMin IODeviceLatencyTargetSec DisableControllers',
  242: 'CPUQuotaPeriodSec',
  243: 'DefaultMemoryMin DefaultMemoryLow IPIngressFilterPath IPEgressFilterPath',
  244: 'AllowedCPUs AllowedMemoryNodes',
  247: 'ManagedOOMSwap ManagedOOMMemoryPressure ManagedOOMMemoryPressureLimitPercent',
  248: 'ManagedOOMMemoryPressureLimit ManagedOOMPreference',
  249: 'BPFProgram SocketBindAllow SocketBindDeny',
  250: 'StartupAllowedCPUs StartupAllowedMemoryNodes RestrictNetworkInterfaces',
  253: 'MemoryZSwapMax',
  254: `
    StartupMemoryLow DefaultStartupMemoryLow StartupMemoryHigh StartupMemoryMax StartupMemorySwapMax
    StartupMemoryZSwapMax DelegateSubgroup MemoryPressureThresholdSec MemoryPressureWatch
  `,
  255: 'NFTSet CoredumpReceive',
  256: 'MemoryZSwapWriteback',
  257: 'ManagedOOMMemoryPressureDurationSec',
  260: 'BindNetworkInterface',
  261: 'CPUSetPartition OOMRules CPUPressureThresholdSec CPUPressureWatch IOPressureThresholdSec IOPressureWatch',
}

/** A few that went away again, with their last release. */
export const UNTIL: Readonly<Record<string, number>> = {
  ConditionNull: 246,
  AssertNull: 246,
  ManagedOOMMemoryPressureLimitPercent: 247,
}

/** Still known, but without effect from a release on: the settings of the first version of control groups. */
export const REMOVED_SINCE: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    `CPUAccounting CPUShares StartupCPUShares DefaultMemoryMin DefaultMemoryLow DefaultStartupMemoryLow MemoryLimit
    BlockIOAccounting BlockIOWeight StartupBlockIOWeight BlockIODeviceWeight BlockIOReadBandwidth BlockIOWriteBandwidth`
      .split(/\s+/)
      .map((key) => [key, 258]),
  ),
  BusPolicy: 231,
  Capabilities: 231,
  SysVStartPriority: 0,
  IgnoreOnSnapshot: 229,
  NetClass: 235,
}
