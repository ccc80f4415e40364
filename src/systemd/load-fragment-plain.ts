/** Settings that mean nothing to jobs. Their values are read all the same, for what systemd says of wrong ones. */

import { parseUnsigned } from './exit-status.ts'
import { complain, type KeyParser } from './load-fragment-draft.ts'
import { bool, parseBoolean, path, sec, text, unsigned } from './load-fragment-values.ts'
import { ERRNO_TEXT } from './specifiers.ts'

const ignore = (): void => {}

/** Mirrors config_parse_tristate(): nothing is an answer, too. */
const tristate: KeyParser = (c, value) => {
  if (value === '' || parseBoolean(value) !== null) return
  complain(c, 'load-tristate', { key: c.key, value, error: ERRNO_TEXT.EINVAL })
}

/** A yes or no until it became a question with a third answer. */
const privateMounts: KeyParser = (c, value) => (c.features.privateMountsTristate ? tristate : bool(ignore))(c, value)

/** Mirrors config_parse_mode(): octal. */
const mode: KeyParser = (c, value) => {
  if (/^[0-7]{1,5}$/.test(value)) return
  complain(c, 'load-value', { what: 'mode value', key: c.key, value, error: ERRNO_TEXT.EINVAL })
}

/** Mirrors config_parse_int() and config_parse_long(). */
const integer =
  (what: string): KeyParser =>
  (c, value) => {
    const number = parseUnsigned(value.replace(/^-/, ''), 2 ** 31)
    if (typeof number !== 'number') complain(c, 'load-value', { what, key: c.key, value, error: ERRNO_TEXT[number] })
  }

const each = (keys: string, parser: KeyParser): (readonly [string, KeyParser])[] =>
  keys
    .trim()
    .split(/\s+/)
    .map((key) => [key, parser] as const)

export const PLAIN_KEYS: ReadonlyMap<string, KeyParser> = new Map<string, KeyParser>([
  ...each(
    `SurviveFinalKillSignal PermissionsStartOnly RootDirectoryStartOnly NonBlocking CPUSchedulingResetOnFork RemoveIPC
    TTYReset TTYVHangup TTYVTDisallocate SyslogLevelPrefix NoNewPrivileges MemoryDenyWriteExecute RestrictRealtime
    RestrictSUIDSGID LockPersonality ProtectKernelTunables ProtectKernelModules ProtectKernelLogs ProtectClock
    PrivateNetwork IgnoreSIGPIPE CPUAccounting MemoryAccounting IOAccounting BlockIOAccounting TasksAccounting
    IPAccounting RootEphemeral PrivateIPC StateDirectoryAccounting CacheDirectoryAccounting LogsDirectoryAccounting
    MemoryZSwapWriteback CoredumpReceive Writable KeepAlive NoDelay FreeBind Transparent Broadcast PassCredentials
    PassSecurity PassPacketInfo ReusePort SELinuxContextFromNet PassPIDFD AcceptFileDescriptors
    PassFileDescriptorsToExec SloppyOptions ReadWriteOnly WakeSystem FixedRandomDelay`,
    bool(ignore),
  ),
  ...each('SetLoginEnvironment BindLogSockets MemoryKSM', tristate),
  ['PrivateMounts', privateMounts],
  ...each('RebootArgument JobTimeoutRebootArgument SyslogIdentifier', text(ignore)),
  ...each(
    `LogRateLimitIntervalSec RestartRandomizedDelaySec MemoryPressureThresholdSec CPUPressureThresholdSec
    IOPressureThresholdSec KeepAliveTimeSec KeepAliveIntervalSec DeferAcceptSec RandomizedOffsetSec`,
    sec(ignore),
  ),
  ...each('LogRateLimitBurst Backlog KeepAliveProbes', unsigned(ignore)),
  ...each(
    `UMask RuntimeDirectoryMode StateDirectoryMode CacheDirectoryMode LogsDirectoryMode ConfigurationDirectoryMode
    SocketMode DirectoryMode`,
    mode,
  ),
  ...each('Priority IPTTL Mark', integer('int value')),
  ...each('MessageQueueMaxMessages', integer('long value')),
  ...each('TTYPath NetworkNamespacePath UserNamespacePath IPCNamespacePath', path(ignore)),
  ['RootVerity', path(ignore, true)],
])
