/**
 * The units that every manager has without the user writing them: what others are ordered against, and what a
 * shutdown goes through. Dependencies are systemd's own, as Debian ships them (v247 to v262); commands are stand-ins.
 */

/** Description first, then lines of [Unit]; other sections begin with their header. */
export type Recipe = readonly [name: string, description: string, ...lines: string[]]

export const EARLY = 'DefaultDependencies=no'
const MANUALLY_NOT = 'RefuseManualStart=yes'
export const STAND_IN = ['[Service]', 'Type=oneshot', 'RemainAfterExit=yes', 'ExecStart=/bin/true']

export const BOOT: readonly Recipe[] = [
  [
    'sysinit.target',
    'System Initialization',
    'Wants=local-fs.target swap.target',
    'After=local-fs.target swap.target',
    'Conflicts=emergency.service emergency.target',
    'Before=emergency.service emergency.target',
  ],
  [
    'basic.target',
    'Basic System',
    'Requires=sysinit.target',
    'Wants=sockets.target timers.target paths.target slices.target',
    'After=sysinit.target sockets.target paths.target slices.target tmp.mount',
    'RequiresMountsFor=/var /var/tmp',
    'Wants=tmp.mount',
  ],
  [
    'multi-user.target',
    'Multi-User System',
    'Requires=basic.target',
    'Conflicts=rescue.service rescue.target',
    'After=basic.target rescue.service rescue.target',
    'AllowIsolate=yes',
  ],
  [
    'graphical.target',
    'Graphical Interface',
    'Requires=multi-user.target',
    'Wants=display-manager.service',
    'Conflicts=rescue.service rescue.target',
    'After=multi-user.target rescue.service rescue.target display-manager.service',
    'AllowIsolate=yes',
  ],
  [
    'local-fs.target',
    'Local File Systems',
    EARLY,
    'After=local-fs-pre.target',
    'Conflicts=shutdown.target',
    'OnFailure=emergency.target',
    'OnFailureJobMode=replace-irreversibly',
  ],
  ['local-fs-pre.target', 'Preparation for Local File Systems', MANUALLY_NOT],
  ['remote-fs.target', 'Remote File Systems', 'After=remote-fs-pre.target', EARLY, 'Conflicts=shutdown.target'],
  ['remote-fs-pre.target', 'Preparation for Remote File Systems', MANUALLY_NOT],
  ['swap.target', 'Swaps'],
  ['sockets.target', 'Socket Units'],
  ['timers.target', 'Timer Units', EARLY, 'Conflicts=shutdown.target'],
  ['paths.target', 'Path Units'],
  ['slices.target', 'Slice Units', 'Wants=-.slice system.slice', 'After=-.slice system.slice'],
  ['network.target', 'Network', 'After=network-pre.target', MANUALLY_NOT],
  ['network-pre.target', 'Preparation for Network', MANUALLY_NOT],
  ['network-online.target', 'Network is Online', 'After=network.target'],
  ['nss-lookup.target', 'Host and Network Name Lookups', MANUALLY_NOT],
  ['nss-user-lookup.target', 'User and Group Name Lookups', MANUALLY_NOT],
  ['time-set.target', 'System Time Set', MANUALLY_NOT],
  ['time-sync.target', 'System Time Synchronized', MANUALLY_NOT, 'After=time-set.target', 'Wants=time-set.target'],
  ['getty.target', 'Login Prompts'],
  ['getty-pre.target', 'Preparation for Logins', MANUALLY_NOT],
  ['rpcbind.target', 'RPC Port Mapper', MANUALLY_NOT],
  ['boot-complete.target', 'Boot Completion Check', 'Requires=sysinit.target', 'After=sysinit.target'],
  ['user.slice', 'User and Session Slice', 'Before=slices.target'],
  ['machine.slice', 'Virtual Machine and Container Slice', 'Before=slices.target'],
]

export const SERVICES: readonly Recipe[] = [
  [
    'systemd-journald.socket',
    'Journal Socket',
    EARLY,
    'Before=sockets.target',
    'IgnoreOnIsolate=yes',
    '[Socket]',
    'ListenDatagram=/run/systemd/journal/socket',
    'ListenStream=/run/systemd/journal/stdout',
    'Service=systemd-journald.service',
  ],
  [
    'systemd-journald-dev-log.socket',
    'Journal Socket (/dev/log)',
    EARLY,
    'Before=sockets.target',
    'IgnoreOnIsolate=yes',
    '[Socket]',
    'ListenDatagram=/run/systemd/journal/dev-log',
    'Service=systemd-journald.service',
    'Symlinks=/dev/log',
  ],
  [
    'systemd-journald.service',
    'Journal Service',
    EARLY,
    'Requires=systemd-journald.socket',
    'After=systemd-journald.socket systemd-journald-dev-log.socket syslog.socket',
    'Before=sysinit.target',
    'IgnoreOnIsolate=yes',
    '[Service]',
    'ExecStart=/usr/lib/systemd/systemd-journald',
    'FileDescriptorStoreMax=4224',
    'Restart=always',
    'RestartSec=0',
    'Sockets=systemd-journald.socket systemd-journald-dev-log.socket',
    'StandardOutput=null',
    'Type=notify',
  ],
  ['dbus.socket', 'D-Bus System Message Bus Socket', '[Socket]', 'ListenStream=/run/dbus/system_bus_socket'],
  [
    'dbus.service',
    'D-Bus System Message Bus',
    'Requires=dbus.socket',
    '[Service]',
    'ExecStart=/usr/bin/dbus-daemon --system --nofork',
    'ExecReload=/bin/true',
  ],
  [
    'systemd-remount-fs.service',
    'Remount Root and Kernel File Systems',
    EARLY,
    'Conflicts=shutdown.target',
    'After=systemd-fsck-root.service',
    'Before=local-fs-pre.target local-fs.target shutdown.target',
    'Wants=local-fs-pre.target',
    ...STAND_IN,
  ],
  [
    'systemd-tmpfiles-setup.service',
    'Create System Files and Directories',
    EARLY,
    'After=local-fs.target systemd-sysusers.service systemd-journald.service',
    'Before=sysinit.target shutdown.target initrd-switch-root.target',
    'Conflicts=shutdown.target initrd-switch-root.target',
    'RefuseManualStop=yes',
    ...STAND_IN,
  ],
  [
    'systemd-user-sessions.service',
    'Permit User Sessions',
    'After=remote-fs.target nss-user-lookup.target network.target home.mount',
    ...STAND_IN,
    'ExecStop=/bin/true',
  ],
]

/** Links in `.wants/` folders, as shipped. */
export const WANTS: readonly (readonly [string, string])[] = [
  ['sysinit.target', 'systemd-journald.service systemd-tmpfiles-setup.service'],
  ['sockets.target', 'dbus.socket systemd-journald.socket systemd-journald-dev-log.socket'],
  ['multi-user.target', 'dbus.service getty.target systemd-user-sessions.service'],
]

/** What presets and generators add to that where systemd is installed, rather than unpacked. */
export const ENABLED: readonly (readonly [string, string])[] = [
  ['local-fs.target', 'systemd-remount-fs.service'],
  ['multi-user.target', 'remote-fs.target'],
]

/** Targets that others add to; Debian moved three of them to a package of their own. */
export const EARLY_TARGETS: readonly (readonly [name: string, description: string, since: number, until?: number])[] = [
  ['cryptsetup', 'Local Encrypted Volumes', 0, 255],
  ['veritysetup', 'Local Verity Protected Volumes', 248, 255],
  ['integritysetup', 'Local Integrity Protected Volumes', 250, 255],
  ['imports', 'Image Downloads', 258],
]

const EFI = '/sys/firmware/efi/efivars'
const LOADER = '4a67b082-0a4c-41cf-b6c7-440b29bb8c4f'

/** Wanted by sysinit.target, or sockets.target, in vain: few machines have what they are for. */
export const SKIPPED: readonly (readonly [since: number, until: number, recipe: Recipe])[] = [
  [
    243,
    251,
    [
      'systemd-boot-system-token.service',
      'Store a System Token in an EFI Variable',
      `ConditionPathExists=${EFI}/LoaderFeatures-${LOADER}`,
    ],
  ],
  [
    253,
    255,
    [
      'systemd-pcrmachine.service',
      'TPM2 PCR Machine ID Measurement',
      'ConditionSecurity=tpm2',
      `ConditionPathExists=${EFI}/StubPcrKernelImage-${LOADER}`,
    ],
  ],
  [256, 257, ['systemd-pcrmachine.service', 'TPM PCR Machine ID Measurement', 'ConditionSecurity=measured-uki']],
  [255, 257, ['systemd-tpm2-setup-early.service', 'Early TPM SRK Setup', 'ConditionSecurity=measured-uki']],
  [255, 257, ['systemd-tpm2-setup.service', 'TPM SRK Setup', 'ConditionSecurity=measured-uki']],
  [256, 257, ['systemd-pcrextend.socket', 'TPM PCR Measurements', 'ConditionSecurity=measured-uki']],
  [256, 257, ['systemd-pcrlock.socket', 'Make TPM PCR Policy', 'ConditionSecurity=measured-uki']],
]

/** What the system goes down through, and what it falls back to. */
export const DOWN: readonly Recipe[] = [
  ['shutdown.target', 'System Shutdown', EARLY, MANUALLY_NOT],
  ['umount.target', 'Unmount All Filesystems', EARLY, MANUALLY_NOT],
  ['sigpwr.target', 'Power Failure'],
  ['final.target', 'Late Shutdown Services', EARLY, MANUALLY_NOT, 'After=shutdown.target umount.target'],
  [
    'rescue.target',
    'Rescue Mode',
    'Requires=sysinit.target rescue.service',
    'After=sysinit.target rescue.service',
    'AllowIsolate=yes',
  ],
  ['emergency.target', 'Emergency Mode', 'Requires=emergency.service', 'After=emergency.service', 'AllowIsolate=yes'],
  [
    'rescue.service',
    'Rescue Shell',
    EARLY,
    'Conflicts=shutdown.target',
    'After=sysinit.target plymouth-start.service',
    'Before=shutdown.target',
    '[Service]',
    'ExecStartPre=-plymouth --wait quit',
    'ExecStart=-/usr/lib/systemd/systemd-sulogin-shell rescue',
    'Type=idle',
    'StandardInput=tty-force',
    'KillMode=process',
    'SendSIGHUP=yes',
  ],
  [
    'emergency.service',
    'Emergency Shell',
    EARLY,
    'Conflicts=shutdown.target rescue.service',
    'Before=shutdown.target rescue.service',
    '[Service]',
    'ExecStartPre=-plymouth --wait quit',
    'ExecStart=-/usr/lib/systemd/systemd-sulogin-shell emergency',
    'Type=idle',
    'StandardInput=tty-force',
    'KillMode=process',
    'SendSIGHUP=yes',
  ],
]

/** Ways to end the system: a target, and the service behind it that does it. */
export const ENDINGS: readonly (readonly [string, string])[] = [
  ['reboot', 'System Reboot'],
  ['poweroff', 'System Power Off'],
  ['halt', 'System Halt'],
  ['kexec', 'Reboot via kexec'],
  ['exit', 'Exit the Container'],
]
