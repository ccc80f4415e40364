/**
 * A restart stops before it starts. Where the log shows that it came no further, a story that begins with a start is
 * told of that restart: the unit is up, and its stop takes a while. Of a reload it is always told so.
 */

import type { Situation } from '../graph/assemble.ts'
import type { Bindings } from './pattern.ts'
import { substitute } from './pattern.ts'
import type { StoryTemplate } from './rule.ts'

/** Null where it is no such restart and no reload, or no such story. */
export function ofRestart(template: StoryTemplate, bound: Bindings, s: Situation): StoryTemplate | null {
  const { unit, type } = bound
  if (unit === undefined || !(type === 'reload' || (type === 'restart' && wasStopping(unit, s)))) return null
  const timeline = asRestart(template.timeline, bound)
  if (timeline === null) return null
  const others = (template.slow ?? []).filter((slow) => substitute(slow.unit, bound) !== unit)
  const displaced = `${unit} job start canceled`
  return {
    ...template,
    up: [...(template.up ?? []), unit],
    slow: [{ unit, job: type }, ...others],
    timeline,
    expect: template.expect.map((line) =>
      substitute(line, bound) === displaced ? `${unit} job ${type} canceled` : line,
    ),
  }
}

/** The same timeline with a restart, or a reload, in place of the start that it begins with; null if it has none. */
export function asRestart(timeline: readonly string[], bound: Bindings): string[] | null {
  const [first = '', ...rest] = timeline.map((line) => substitute(line, bound))
  const [, options = '', unit] = /^0 systemctl start ((?:--\S+ )*)(\S+)$/.exec(first) ?? []
  const verb = bound.type === 'reload' ? 'reload' : 'restart'
  return unit === bound.unit ? [`+1 systemctl ${verb} ${options}${unit}`, ...rest] : null
}

/** The last that was begun is a stop, as a restart's first half is called in the log. */
const wasStopping = (unit: string, { jobLines }: Situation): boolean =>
  jobLines.get(unit)?.findLast(({ phase }) => phase === 'begin')?.type === 'stop'
