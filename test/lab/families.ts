/** The index of families: kinds of incidents that differ in what causes them or in how it shows. */

import { BETWEEN } from './families-between.ts'
import { CHAINS } from './families-chains.ts'
import { COMMANDS } from './families-commands.ts'
import { CORNERS } from './families-corners.ts'
import { DEPENDENCIES } from './families-dependencies.ts'
import { DEPTHS } from './families-depths.ts'
import { ELSEWHERE } from './families-elsewhere.ts'
import { ENDS } from './families-ends.ts'
import { ERRANDS } from './families-errands.ts'
import { KINDS } from './families-kinds.ts'
import { LIMITS } from './families-limits.ts'
import { LOOKALIKES } from './families-lookalikes.ts'
import { MISHAPS } from './families-mishaps.ts'
import { MIXTURES } from './families-mixtures.ts'
import { MODES } from './families-modes.ts'
import { NEIGHBOURS } from './families-neighbours.ts'
import { OUTSIDE } from './families-outside.ts'
import { RELAYS } from './families-relays.ts'
import { REQUESTS } from './families-requests.ts'
import { RIPPLES } from './families-ripples.ts'
import { STACKS } from './families-stacks.ts'
import { STATES } from './families-states.ts'
import { TIES } from './families-ties.ts'
import { TRIGGERS } from './families-triggers.ts'
import { TURNS } from './families-turns.ts'
import { USERS } from './families-users.ts'
import { WATCHERS } from './families-watchers.ts'
import { WORKADAY } from './families-workaday.ts'
import type { Family } from './incident.ts'

export const FAMILIES: readonly Family[] = [
  ...REQUESTS,
  ...TRIGGERS,
  ...DEPENDENCIES,
  ...COMMANDS,
  ...NEIGHBOURS,
  ...STATES,
  ...CHAINS,
  ...KINDS,
  ...BETWEEN,
  ...USERS,
  ...DEPTHS,
  ...ERRANDS,
  ...ENDS,
  ...MODES,
  ...MIXTURES,
  ...LOOKALIKES,
  ...STACKS,
  ...WORKADAY,
  ...RELAYS,
  ...TIES,
  ...LIMITS,
  ...WATCHERS,
  ...CORNERS,
  ...RIPPLES,
  ...MISHAPS,
  ...TURNS,
  ...OUTSIDE,
  ...ELSEWHERE,
]
