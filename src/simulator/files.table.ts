/** What the file system of a usual machine has. */

/** Where symbolic links of a usual system lead to. */
export const LINKS: Readonly<Record<string, string>> = {
  '/bin': '/usr/bin',
  '/sbin': '/usr/sbin',
  '/lib': '/usr/lib',
  '/lib64': '/usr/lib64',
  '/var/run': '/run',
  '/var/lock': '/run/lock',
}

export const DIRECTORIES =
  '/boot /dev/shm /dev/pts /dev/mqueue /etc/default /etc/systemd/system /etc/systemd/user /home /media /mnt /opt ' +
  '/proc/self /proc/sys/kernel /root /run/lock /run/systemd/system /run/user/0 /srv /sys/fs/cgroup /sys/kernel /tmp ' +
  '/usr/bin /usr/lib/systemd/system /usr/lib/systemd/user /usr/lib64 /usr/local/bin /usr/local/sbin /usr/sbin ' +
  '/usr/share /var/cache /var/lib /var/log /var/spool /var/tmp'
export const TEXT_FILES = [
  ...['/etc/fstab', '/etc/group', '/etc/hostname', '/etc/hosts', '/etc/machine-id', '/etc/os-release', '/etc/passwd'],
  ...['/proc/cmdline', '/proc/mounts', '/proc/self/mountinfo', '/proc/swaps', '/proc/sys/kernel/hostname'],
]
export const DEVICES =
  '/dev/autofs /dev/console /dev/full /dev/null /dev/ptmx /dev/random /dev/tty /dev/urandom /dev/zero'
export const PROGRAMS =
  'bash cat chmod chown cp cut date dash echo env expr false find grep head journalctl kill ln ls mkdir mktemp mount ' +
  'mv ps pwd readlink rm rmdir sed seq sh sleep sort stat sync systemctl systemd-run systemd-tmpfiles tail tee test ' +
  'timeout touch tr true umount uname wc [ logger'
export const MOUNT_POINTS = '/ /dev /dev/pts /dev/shm /proc /run /sys /sys/fs/cgroup'
