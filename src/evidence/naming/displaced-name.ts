/** Whose log it is where the client names a unit and the log has descriptions only: the one that fits what happened. */

import { type Desk, isNoted } from '../desk.ts'
import type { JobWord } from '../fact.ts'

interface Displaced {
  readonly unit: string
  readonly type: JobWord
}

interface Course {
  /** A job of the kind that was canceled began. */
  begun: boolean
  /** And the opposite came after. */
  turned: boolean
}

/**
 * The description in the log that belongs to the one unit whose job was canceled; null if the paste knows another way,
 * or more than one fits. `whose` tells the unit of a description that is known.
 */
export function displacedName(desk: Desk, whose: (description: string) => string | null): [string, string] | null {
  const displaced = onlyDisplaced(desk)
  if (!displaced || isKnown(desk, displaced.unit)) return null
  const courses = coursesOf(desk, displaced.type)
  const open = [...courses].filter(([description, { begun }]) => begun && whose(description) === null)
  if ([...courses.keys()].some((description) => whose(description) === displaced.unit)) return null
  const turned = open.filter(([, course]) => course.turned)
  const alike = open.filter(([description]) => isAlike(displaced.unit, description))
  const both = turned.filter((one) => alike.includes(one))
  // One that only turned does not count where another one is called so.
  const fitting = both.length > 0 ? both : [...turned, ...alike]
  return fitting.length === 1 ? [fitting[0]![0], displaced.unit] : null
}

function onlyDisplaced({ noted }: Desk): Displaced | null {
  let found: Displaced | null = null
  for (const { draft } of noted) {
    if (draft.kind !== 'job-finished' || draft.result !== 'canceled' || !draft.unit || !draft.type) continue
    if (found && found.unit !== draft.unit) return null
    found = { unit: draft.unit, type: draft.type }
  }
  return found
}

/** By its name in the log, or by its description anywhere. */
function isKnown({ noted, names }: Desk, unit: string): boolean {
  for (const known of names.values()) if (known === unit) return true
  return noted.some((one) => isNoted(one, 'job-line') && one.draft.unit === unit)
}

function coursesOf({ noted }: Desk, type: JobWord): Map<string, Course> {
  const courses = new Map<string, Course>()
  const goesDown = type !== 'start'
  for (const one of noted) {
    if (!isNoted(one, 'job-line') || one.draft.unit !== null) continue
    const { description, type: of, phase, result } = one.draft
    const course = courses.get(description) ?? { begun: false, turned: false }
    courses.set(description, course)
    if ((of === 'stop') !== goesDown) course.turned ||= course.begun && result !== 'failed'
    else if (phase === 'begin') course.begun = true
    else if (!goesDown && result === 'done') course.begun = false
  }
  return courses
}

/** A word of the unit's name is in the description: `pipewire.service`, "PipeWire Multimedia Service". */
function isAlike(unit: string, description: string): boolean {
  const words = description.toLowerCase().replace(/[^a-z0-9 ]/g, '')
  const parts = unit
    .slice(0, unit.lastIndexOf('.'))
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  return parts.some((part) => part.length > 2 && words.includes(part))
}
