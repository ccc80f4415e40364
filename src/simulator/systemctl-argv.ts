/** A command line of systemctl, as a unit's process calls it, read as the timeline reads its own. */

import type { SystemctlDeed } from '../systemd/scenario.ts'
import { parseDeed } from '../systemd/scenario.ts'

const NOTHING: SystemctlDeed = {
  kind: 'systemctl',
  verb: 'show',
  units: [],
  noBlock: false,
  jobMode: null,
  signal: null,
  flags: [],
}

/** `argv` without the program's own name. A line that cannot be read asks for nothing. */
export function systemctlDeedOf(argv: readonly string[]): SystemctlDeed {
  const parsed = parseDeed(['systemctl', ...argv].join(' '))
  return 'value' in parsed && parsed.value.kind === 'systemctl' ? parsed.value : NOTHING
}
