/**
 * The units that systemd itself brings, and how they were described (v219 to v262): `Reached target Timers.` has no
 * name in it.
 */

export const STOCK_NAMES = `
app.slice|User Application Slice
background.slice|User Background Tasks Slice
basic.target|Basic System
blockdev@.target|Block Device Preparation for %f
bluetooth.target|Bluetooth|Bluetooth Support
boot-complete.target|Boot Completion Check
busnames.target|Bus Names
capsule.slice|Capsule Slice
capsule@.service|Capsule Service Manager for %i
capsule@.target|Main Capsule Target for %i
clonesetup.target|Local dm-clone Devices
console-getty.service|Console Getty
console-shell.service|Console Shell
container-getty@.service|Container Getty on /dev/pts/%I
cryptsetup-pre.target|Encrypted Volumes (Pre)|Local Encrypted Volumes (Pre)
cryptsetup.target|Encrypted Volumes|Local Encrypted Volumes
default.target|Default|Main User Target
dev-hugepages.mount|Huge Pages File System
dev-mqueue.mount|POSIX Message Queue File System
emergency.service|Emergency Shell
emergency.target|Emergency Mode
exit.target|Exit the Session|Exit the container|Exit the Container
factory-reset-now.target|Factory Reset Execution
factory-reset.target|Target that triggers factory reset. Does nothing by default.|Factory Reset
factory-reset.target|Factory Reset Initiation
final.target|Final Step|Late Shutdown Services
first-boot-complete.target|First Boot Complete
getty-pre.target|Login Prompts (Pre)|Preparation for Logins
getty.target|Login Prompts
getty@.service|Getty on %I
graphical-session-pre.target|Session services which should run early before the graphical session is brought up
graphical-session.target|Current graphical user session
graphical.target|Graphical Interface
halt.target|Halt|System Halt
hibernate.target|Hibernate|System Hibernation
hybrid-sleep.target|Hybrid Suspend+Hibernate
imports-pre.target|Image Downloads (Pre)
imports.target|Image Downloads
initrd-cleanup.service|Cleaning Up and Shutting Down Daemons
initrd-fs.target|Initrd File Systems
initrd-parse-etc.service|Reload Configuration from the Real Root|Mountpoints Configured in the Real Root
initrd-root-device.target|Initrd Root Device
initrd-root-fs.target|Initrd Root File System
initrd-switch-root.service|Switch Root
initrd-switch-root.target|Switch Root
initrd-udevadm-cleanup-db.service|Cleanup udevd DB|Cleanup udev Database
initrd-usr-fs.target|Initrd /usr File System
initrd.target|Initrd Default Target
integritysetup-pre.target|Local Integrity Protected Volumes (Pre)
integritysetup.target|Local Integrity Protected Volumes
kexec.target|Reboot via kexec
kmod-static-nodes.service|Create list of required static device nodes for the current kernel
kmod-static-nodes.service|Create list of static device nodes for the current kernel
kmod-static-nodes.service|Create List of Static Device Nodes
ldconfig.service|Rebuild Dynamic Linker Cache
local-fs-pre.target|Local File Systems (Pre)|Preparation for Local File Systems
local-fs.target|Local File Systems
machine.slice|Virtual Machine and Container Slice
machines.target|Containers|Virtual Machines and Containers
modprobe@.service|Load Kernel Module %i
multi-user.target|Multi-User System
network-online.target|Network is Online
network-pre.target|Network (Pre)|Preparation for Network
network.target|Network
nss-lookup.target|Host and Network Name Lookups
nss-user-lookup.target|User and Group Name Lookups
paths.target|Paths|Path Units
poweroff.target|Power-Off|System Power Off
printer.target|Printer|Printer Support
proc-sys-fs-binfmt_misc.automount|Arbitrary Executable File Formats File System Automount Point
proc-sys-fs-binfmt_misc.mount|Arbitrary Executable File Formats File System
quotaon-root.service|Enable Root File System Quotas
quotaon.service|Enable File System Quotas
quotaon@.service|Enable File System Quotas
reboot.target|Reboot|System Reboot
remote-cryptsetup.target|Remote Encrypted Volumes
remote-fs-pre.target|Remote File Systems (Pre)|Preparation for Remote File Systems
remote-fs.target|Remote File Systems
remote-integritysetup.target|Remote Integrity Protected Volumes
remote-veritysetup.target|Remote Verity Integrity Protected Volumes|Remote Verity Protected Volumes
rescue.service|Rescue Shell
rescue.target|Rescue Mode
rpcbind.target|RPC Port Mapper
serial-getty@.service|Serial Getty on %I
session.slice|User Core Session Slice
shutdown.target|Shutdown|System Shutdown
sigpwr.target|Power Failure
sleep.target|Sleep
slices.target|Slices|Slice Units
smartcard.target|Smart Card
sockets.target|Sockets|Socket Units
soft-reboot.target|Reboot System Userspace
sound.target|Sound Card
suspend-then-hibernate.target|Suspend; Hibernate if not used for a period of time
suspend.target|Suspend
swap.target|Swap|Swaps
sys-fs-fuse-connections.mount|FUSE Control File System
sys-kernel-config.mount|Configuration File System|Kernel Configuration File System
sys-kernel-debug.mount|Debug File System|Kernel Debug File System
sys-kernel-tracing.mount|Kernel Trace File System
sysinit.target|System Initialization
syslog.socket|Syslog Socket
system-install.target|System Installer
system-systemd-cryptsetup.slice|Encrypted Volume Units Service Slice
system-systemd-veritysetup.slice|Verity Protection Service Slice
system-systemd\\x2dcryptsetup.slice|Encrypted Volume Units Service Slice
system-systemd\\x2dveritysetup.slice|Verity Protection Service Slice
system-update-cleanup.service|Remove the Offline System Updates symlink|Remove the Offline System Updates Symlink
system-update-pre.target|Offline System Update (Pre)
system-update.target|System Update|Offline System Update
system.slice|System Slice
systemd-ask-password-console.path|Dispatch Password Requests to Console Directory Watch
systemd-ask-password-console.service|Dispatch Password Requests to Console
systemd-ask-password-wall.path|Forward Password Requests to Wall Directory Watch
systemd-ask-password-wall.service|Forward Password Requests to Wall
systemd-backlight@.service|Load/Save Screen Backlight Brightness of %i
systemd-battery-check.service|Check battery level during early boot|Early Battery Level Check
systemd-binfmt.service|Set Up Additional Binary Formats
systemd-boot-check-no-failures.service|Check if Any System Units Failed
systemd-boot-clear-sysfail.service|Clear SysFail Entry If The Boot Is Successful
systemd-boot-random-seed.service|Update Boot Loader Random Seed
systemd-boot-system-token.service|Store a System Token in an EFI Variable
systemd-boot-update.service|Automatic Boot Loader Update
systemd-bootchart.service|Boot Process Profiler
systemd-bsod.service|Displays emergency message in full screen.|Display Boot-Time Emergency Messages In Full Screen
systemd-bus-proxyd.service|Legacy D-Bus Protocol Compatibility Daemon
systemd-bus-proxyd.socket|Legacy D-Bus Protocol Compatibility Socket
systemd-confext-initrd.service|Merge System Configuration Images into /etc/ of the initrd
systemd-confext-sysroot.service|Merge System Configuration Images into /sysroot/etc/
systemd-confext.service|Merge System Configuration Images into /etc/
systemd-consoled.service|Console Manager and Terminal Emulator
systemd-coredump-register.service|Kernel Core Pattern Register
systemd-coredump.socket|Process Core Dump Socket
systemd-coredumpd.service|Listen Kernel Core Dump Socket
systemd-cryptenroll-firstboot.service|Interactive Disk Encryption Setup
systemd-cryptenroll.socket|Disk Encryption Enrollment Service Socket
systemd-cryptenroll@.service|Disk Encryption Enrollment Service
systemd-exit.service|Exit the Session|Exit the Container
systemd-factory-reset-complete.service|Mark the Factory Reset as Completed
systemd-factory-reset-reboot.service|Reboot to Execute Factory Reset
systemd-factory-reset-request.service|Request Factory Reset on Next Boot
systemd-firstboot.service|First Boot Wizard|Initial Setup
systemd-fsck-root.service|File System Check on Root Device
systemd-fsck@.service|File System Check on %f
systemd-growfs-root.service|Grow Root File System
systemd-growfs@.service|Grow File System on %f
systemd-halt.service|Halt|System Halt
systemd-hibernate-clear.service|Clear Stale Hibernate Storage Info
systemd-hibernate-resume.service|Resume from hibernation
systemd-hibernate-resume@.service|Resume from hibernation using device %f
systemd-hibernate.service|Hibernate|System Hibernate
systemd-homed-activate.service|Home Area Activation
systemd-homed-firstboot.service|First Boot Home Area Wizard
systemd-homed.service|Home Manager|Home Area Manager
systemd-hostnamed.service|Hostname Service
systemd-hwdb-update.service|Rebuild Hardware Database
systemd-hybrid-sleep.service|Hybrid Suspend+Hibernate|System Hybrid Suspend+Hibernate
systemd-importd.service|Virtual Machine and Container Download Service|Disk Image Download Service
systemd-importd.socket|Disk Image Download Service Socket
systemd-initctl.service|/dev/initctl Compatibility Daemon|initctl Compatibility Daemon
systemd-initctl.socket|/dev/initctl Compatibility Named Pipe|initctl Compatibility Named Pipe
systemd-journal-catalog-update.service|Rebuild Journal Catalog
systemd-journal-flush.service|Flush Journal to Persistent Storage
systemd-journal-gatewayd.service|Journal Gateway Service
systemd-journal-gatewayd.socket|Journal Gateway Service Socket
systemd-journal-remote.service|Journal Remote Sink Service
systemd-journal-remote.socket|Journal Remote Sink Socket
systemd-journal-upload.service|Journal Remote Upload Service
systemd-journald-audit.socket|Journal Audit Socket
systemd-journald-dev-log.socket|Journal Socket (/dev/log)
systemd-journald-sync@.service|Sync Journal for Namespace %i
systemd-journald-varlink@.socket|Journal Varlink Socket for Namespace %i
systemd-journald.service|Journal Service
systemd-journald.socket|Journal Socket|Journal Sockets
systemd-journald@.service|Journal Service for Namespace %i
systemd-journald@.socket|Journal Socket for Namespace %i|Journal Sockets for Namespace %i
systemd-kexec.service|Reboot via kexec
systemd-localed.service|Locale Service
systemd-logind.service|Login Service|User Login Management
systemd-loop@.service|Attach File %f to Loopback Block Device
systemd-machine-id-commit.service|Commit a transient machine-id on disk|Save Transient machine-id to Disk
systemd-machine-tag@.service|Add Machine Tag %i
systemd-machined.service|Virtual Machine and Container Registration Service
systemd-machined.socket|Virtual Machine and Container Registration Service Socket
systemd-modules-load.service|Load Kernel Modules
systemd-network-generator.service|Generate network units from Kernel command line
systemd-network-generator.service|Generate Network Units from Kernel Command Line
systemd-networkd-persistent-storage.service|Enable Persistent Storage in systemd-networkd
systemd-networkd-resolve-hook.socket|Network Management Resolve Hook Socket
systemd-networkd-varlink-metrics.socket|Network Management Metrics Varlink Socket
systemd-networkd-varlink.socket|Network Management Varlink Socket
systemd-networkd-wait-online.service|Wait for Network to be Configured|Wait for Network to be Online
systemd-networkd-wait-online@.service|Wait for Network Interface %i to be Configured
systemd-networkd-wait-online@.service|Wait for Network Interface %i to be Online
systemd-networkd.service|Network Service|Network Configuration|Network Management
systemd-networkd.socket|networkd rtnetlink socket|Network Service Netlink Socket|Network Management Netlink Socket
systemd-nspawn@.service|Container %I|Container %i
systemd-oomd.service|Userspace Out-Of-Memory (OOM) Killer
systemd-oomd.socket|Userspace Out-Of-Memory (OOM) Killer Socket
systemd-pcrlogin@.service|TPM NvPCR Measurement of User Record for UID %i
systemd-pcrmachine.service|TPM2 PCR Machine ID Measurement|TPM PCR Machine ID Measurement
systemd-pcrnvdone.service|TPM PCR NvPCR Initialization Separator
systemd-pcrosseparator.service|TPM PCR OS Separator
systemd-pcrproduct.service|TPM NvPCR Product ID Measurement
systemd-portabled.service|Portable Service Manager
systemd-poweroff.service|Power-Off|System Power Off
systemd-pstore.service|Platform Persistent Storage Archival
systemd-quotacheck.service|File System Quota Check
systemd-quotacheck@.service|File System Quota Check
systemd-random-seed.service|Load/Save Random Seed|Load/Save OS Random Seed
systemd-reboot.service|Reboot|System Reboot
systemd-remount-fs.service|Remount Root and Kernel File Systems
systemd-repart.service|Repartition Root Disk
systemd-report-basic.socket|Report System Basic Metrics Socket
systemd-report-basic@.service|Report System Basic Metrics
systemd-report-cgroup.socket|CGroup Report Varlink Socket
systemd-report-cgroup@.service|CGroup Report Service
systemd-report-files.socket|Report Files Metrics Socket
systemd-report-files@.service|Report Files Metrics
systemd-report-sign-plain.socket|Report Signing Socket (Local Software Key)
systemd-report-sign-plain@.service|Report Signing Service (Local Software Key)
systemd-report-sign-tpm2.socket|Report Signing Socket (TPM2)
systemd-report-sign-tpm2@.service|Report Signing Service (TPM2)
systemd-report-sign-tsm.socket|Report Signing Socket (configfs-tsm)
systemd-report-sign-tsm@.service|Report Signing Service (configfs-tsm)
systemd-report.socket|System Report Socket
systemd-report@.service|System Report
systemd-resolved.service|Network Name Resolution
systemd-rfkill.service|Load/Save RF Kill Switch Status
systemd-rfkill.socket|Load/Save RF Kill Switch Status /dev/rfkill Watch
systemd-rfkill@.service|Load/Save RF Kill Switch Status of %I
systemd-shutdownd.service|Delayed Shutdown Service
systemd-shutdownd.socket|Delayed Shutdown Socket
systemd-soft-reboot.service|Reboot System Userspace
systemd-storagetm.service|Storage Target Mode (NVMe-TCP)
systemd-suspend-then-hibernate.service|Suspend; Hibernate if not used for a period of time
systemd-suspend-then-hibernate.service|System Suspend then Hibernate
systemd-suspend.service|Suspend|System Suspend
systemd-sysctl.service|Apply Kernel Variables
systemd-sysext-initrd.service|Merge System Extension Images into /usr/ and /opt/ of the initrd
systemd-sysext-sysroot.service|Merge System Extension Images into /sysroot/usr/ and /sysroot/opt/
systemd-sysext.service|Merge System Extension Images into /usr/ and /opt/
systemd-sysusers.service|Create System Users
systemd-time-wait-sync.service|Wait Until Kernel Time Synchronized
systemd-timedated.service|Time & Date Service
systemd-timesyncd.service|Network Time Synchronization
systemd-tmpfiles-clean.service|Cleanup of Temporary Directories|Cleanup of User's Temporary Files and Directories
systemd-tmpfiles-clean.timer|Daily Cleanup of Temporary Directories|Daily Cleanup of User's Temporary Directories
systemd-tmpfiles-setup-dev-early.service|Create Static Device Nodes in /dev gracefully
systemd-tmpfiles-setup-dev.service|Create Static Device Nodes in /dev
systemd-tmpfiles-setup.service|Create Volatile Files and Directories
systemd-tmpfiles-setup.service|Create User's Volatile Files and Directories
systemd-tmpfiles-setup.service|Create System Files and Directories|Create User Files and Directories
systemd-tpm2-setup-early.service|TPM2 SRK Setup (Early)|Early TPM SRK Setup
systemd-tpm2-setup.service|TPM2 SRK Setup|TPM SRK Setup
systemd-tpm2-swtpm.service|Fallback Software TPM
systemd-udev-load-credentials.service|Load udev Rules from Credentials
systemd-udev-settle.service|udev Wait for Complete Device Initialization
systemd-udev-settle.service|Wait for udev To Complete Device Initialization
systemd-udev-trigger.service|udev Coldplug all Devices|Coldplug All udev Devices
systemd-udevd-control.socket|udev Control Socket
systemd-udevd-kernel.socket|udev Kernel Socket
systemd-udevd-varlink.socket|udev Varlink Socket
systemd-udevd.service|udev Kernel Device Manager|Rule-based Manager for Device Events and Files
systemd-update-done.service|Update is Completed
systemd-update-utmp-runlevel.service|Update UTMP about System Runlevel Changes|Record Runlevel Change in UTMP
systemd-update-utmp.service|Update UTMP about System Boot/Shutdown|Record System Boot/Shutdown in UTMP
systemd-user-sessions.service|Permit User Sessions
systemd-userdb-load-credentials.service|Load JSON user/group Records from Credentials
systemd-userdbd.service|User Database Manager
systemd-userdbd.socket|User Database Manager Socket
systemd-vconsole-setup.service|Setup Virtual Console|Virtual Console Setup
systemd-vmspawn@.service|Virtual Machine %i
systemd-volatile-root.service|Enforce Volatile Root File Systems
time-set.target|System Time Set
time-sync.target|System Time Synchronized
timers.target|Timers|Timer Units
tmp.mount|Temporary Directory|Temporary Directory (/tmp)|Temporary Directory /tmp
tpm2.target|Trusted Platform Module
umount.target|Unmount All Filesystems
usb-gadget.target|Hardware activated USB gadget
user-runtime-dir@.service|/run/user/%i mount wrapper|User Runtime Directory /run/user/%i
user.slice|User and Session Slice
user@.service|User Manager for UID %i
var-lib-machines.mount|Virtual Machine and Container Storage|Virtual Machine and Container Storage (Compatibility)
veritysetup-pre.target|Local Verity Integrity Protected Volumes (Pre)|Local Verity Protected Volumes (Pre)
veritysetup.target|Local Verity Integrity Protected Volumes|Local Verity Protected Volumes
x-.slice|Root Slice
xdg-desktop-autostart.target|Startup of XDG autostart applications
`
