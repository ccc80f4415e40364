/** Settings that mean nothing to jobs, by what their values have to be. */

export const PLAIN = {
  bool: `
    SurviveFinalKillSignal PermissionsStartOnly RootDirectoryStartOnly NonBlocking CPUSchedulingResetOnFork
    RemoveIPC TTYReset TTYVHangup TTYVTDisallocate SyslogLevelPrefix NoNewPrivileges MemoryDenyWriteExecute
    RestrictRealtime RestrictSUIDSGID LockPersonality ProtectKernelTunables ProtectKernelModules ProtectKernelLogs
    ProtectClock PrivateNetwork CPUAccounting MemoryAccounting IOAccounting BlockIOAccounting
    TasksAccounting IPAccounting RootEphemeral PrivateIPC StateDirectoryAccounting CacheDirectoryAccounting
    LogsDirectoryAccounting MemoryZSwapWriteback CoredumpReceive Writable KeepAlive NoDelay FreeBind Transparent
    Broadcast PassCredentials PassSecurity PassPacketInfo ReusePort SELinuxContextFromNet PassPIDFD
    AcceptFileDescriptors PassFileDescriptorsToExec SloppyOptions ReadWriteOnly WakeSystem FixedRandomDelay`,
  tristate: 'SetLoginEnvironment BindLogSockets MemoryKSM',
  text: 'RebootArgument JobTimeoutRebootArgument SyslogIdentifier',
  sec: `
    LogRateLimitIntervalSec RestartRandomizedDelaySec MemoryPressureThresholdSec CPUPressureThresholdSec
    IOPressureThresholdSec KeepAliveTimeSec KeepAliveIntervalSec DeferAcceptSec RandomizedOffsetSec`,
  unsigned: 'LogRateLimitBurst Backlog KeepAliveProbes',
  mode: `
    UMask RuntimeDirectoryMode StateDirectoryMode CacheDirectoryMode LogsDirectoryMode ConfigurationDirectoryMode
    SocketMode DirectoryMode`,
  int: 'Priority IPTTL Mark',
  long: 'MessageQueueMaxMessages',
  path: 'TTYPath NetworkNamespacePath UserNamespacePath IPCNamespacePath',
}
