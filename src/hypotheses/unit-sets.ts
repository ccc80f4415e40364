/** Groups of systemd's own units that rules speak of by one word: `{among: way-down}`. */

import { isStockUnit } from '../systemd/stock-units.ts'

const names = (...list: readonly string[]) => {
  const set = new Set(list)
  return (name: string) => set.has(name)
}

const WAYS = ['reboot', 'poweroff', 'halt', 'kexec', 'soft-reboot', 'exit']

const isWayDown = names(
  ...['shutdown', 'umount', 'final', 'initrd-switch-root', ...WAYS].map((way) => `${way}.target`),
  ...WAYS.map((way) => `systemd-${way}.service`),
  // The splash of the way down, where that is all there is to see.
  ...WAYS.map((way) => `plymouth-${way}.service`),
)

const USUAL_SLICES = names(
  ...['-', 'system', 'user', 'machine', 'app', 'session', 'background'].map((name) => `${name}.slice`),
)

/** What has a job only because the system goes down, or the session ends. */
const SETS: Readonly<Record<string, (name: string) => boolean>> = {
  'way-down': isWayDown,
  sleep: names(
    ...['sleep', 'suspend', 'hibernate', 'hybrid-sleep', 'suspend-then-hibernate'].map((way) => `${way}.target`),
    ...['suspend', 'hibernate', 'hybrid-sleep', 'suspend-then-hibernate'].map((way) => `systemd-${way}.service`),
  ),
  /** Comes up early in each boot, and goes down in no other way than with the whole system. */
  early: (name) => name.startsWith('systemd-') || (isStockUnit(name) && !isWayDown(name)),
  /** Reached in each boot or session, and left only when all of it goes, or an isolate to another target comes. */
  'always-up': names(
    ...['default', 'multi-user', 'graphical', 'basic', 'timers', 'sockets', 'paths', 'sysinit', 'local-fs'].map(
      (name) => `${name}.target`,
    ),
  ),
  /** Every unit is in one of these unless its file says otherwise. */
  'every-slice': (name) => USUAL_SLICES(name) || /^(?:system|user|app|session|background)-.*\.slice$/.test(name),
  rescue: names('rescue.target', 'rescue.service', 'emergency.target', 'emergency.service'),
}

/** False for a set that does not exist. */
export const isAmong = (set: string, name: string): boolean => SETS[set]?.(name) ?? false
