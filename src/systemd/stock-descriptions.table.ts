/** What units of systemd's own were called in earlier releases: Description= in units/. */

/** The last release of a name, and the name. */
export const FORMERLY: Readonly<Record<string, readonly [until: number, description: string]>> = {
  'exit.target': [247, 'Exit the container'],
  'final.target': [247, 'Final Step'],
  'getty-pre.target': [247, 'Login Prompts (Pre)'],
  'halt.target': [247, 'Halt'],
  'local-fs-pre.target': [247, 'Local File Systems (Pre)'],
  'network-pre.target': [247, 'Network (Pre)'],
  'paths.target': [247, 'Paths'],
  'poweroff.target': [247, 'Power-Off'],
  'reboot.target': [247, 'Reboot'],
  'remote-fs-pre.target': [247, 'Remote File Systems (Pre)'],
  'shutdown.target': [247, 'Shutdown'],
  'slices.target': [247, 'Slices'],
  'sockets.target': [247, 'Sockets'],
  'swap.target': [247, 'Swap'],
  'systemd-halt.service': [247, 'Halt'],
  'systemd-poweroff.service': [247, 'Power-Off'],
  'systemd-reboot.service': [247, 'Reboot'],
  'systemd-tmpfiles-setup.service': [251, 'Create Volatile Files and Directories'],
  'timers.target': [247, 'Timers'],
}
