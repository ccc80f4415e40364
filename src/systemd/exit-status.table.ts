/** Exit codes with names. */

/** Names in the order of their codes from `base` on; empty where a code has none. */
const name = (base: number, names: string): (readonly [string, number])[] =>
  names
    .split(' ')
    .map((word, index) => [word, base + index] as const)
    .filter(([word]) => word !== '-')

/** Mirrors exit_status_mappings[], src/shared/exit-status.c (v262). */
export const EXIT_CODES: readonly (readonly [name: string, code: number])[] = [
  ...name(0, 'SUCCESS FAILURE INVALIDARGUMENT NOTIMPLEMENTED NOPERMISSION NOTINSTALLED NOTCONFIGURED NOTRUNNING'),
  ...name(64, 'USAGE DATAERR NOINPUT NOUSER NOHOST UNAVAILABLE SOFTWARE OSERR OSFILE CANTCREAT IOERR TEMPFAIL'),
  ...name(76, 'PROTOCOL NOPERM CONFIG'),
  ...name(200, 'CHDIR NICE FDS EXEC MEMORY LIMITS OOM_ADJUST SIGNAL_MASK STDIN STDOUT'),
  ...name(210, 'CHROOT IOPRIO TIMERSLACK SECUREBITS SETSCHEDULER CPUAFFINITY GROUP USER CAPABILITIES CGROUP'),
  ...name(220, 'SETSID CONFIRM STDERR - PAM NETWORK NAMESPACE NO_NEW_PRIVILEGES SECCOMP SELINUX_CONTEXT'),
  ...name(230, 'PERSONALITY APPARMOR ADDRESS_FAMILIES RUNTIME_DIRECTORY - CHOWN SMACK_PROCESS_LABEL KEYRING'),
  ...name(238, 'STATE_DIRECTORY CACHE_DIRECTORY LOGS_DIRECTORY CONFIGURATION_DIRECTORY NUMA_POLICY CREDENTIALS'),
  ...name(244, 'BPF KSM MEMORY_THP'),
  ['EXCEPTION', 255],
]
