/** `closes-loop: {of, unit, after, before}`: which unit of a loop in the ordering does not fit in. */

import { onceFor } from '../evidence/once-for.ts'
import type { Situation } from '../graph/assemble.ts'
import type { Loop } from '../graph/loops.ts'
import { findLoops } from '../graph/loops.ts'
import { unitTypeOf } from '../systemd/unit.ts'
import { filesOf } from './graph-index.ts'
import type { Bindings, Value } from './pattern.ts'
import { fits } from './pattern.ts'
import type { Pattern } from './rule.ts'
import { isAmong } from './unit-sets.ts'

type Match = { readonly bound: Bindings; readonly facts: readonly string[] }

/**
 * `of` is the id of a line about the loop. The unit that closes it is one that somebody wrote, as the paste shows, and
 * that waits for a late stage of the boot although an early one waits for it.
 */
export function loopMatches(fields: Readonly<Record<string, Pattern>>, s: Situation, match: Match): Match[] {
  const of = typeof fields.of === 'string' ? match.bound[fields.of.replace(/^\$/, '')] : undefined
  const loop = of === undefined ? [] : loopOf(s, of)
  if (loop.length < 2) return []
  const closer = closerOf(loop, s)
  if (!closer) return []
  let bound: Bindings | null = match.bound
  for (const [key, value] of Object.entries(closer)) {
    const pattern = fields[key]
    if (pattern !== undefined && bound !== null) bound = fits(pattern, value as Value, bound)
  }
  const files = filesOf(loop, s).map((file) => file.fact)
  return bound === null ? [] : [{ bound, facts: [...match.facts, ...files] }]
}

const loopsOf = onceFor((s: Situation): readonly Loop[] => findLoops(s.facts))

/** The loop that the line is about: as printed, else as the units' order has it, else any that is printed. */
function loopOf(s: Situation, id: string): readonly string[] {
  const loops = loopsOf(s)
  const printed = loops.find(({ facts }) => facts.includes(id))?.units ?? []
  if (printed.length > 1) return printed
  const fact = s.byId.get(id)
  const names = fact?.kind === 'cycle' ? [...fact.jobs, fact.beginning ?? ''].map((job) => job.split('/')[0] ?? '') : []
  for (const name of names) {
    const way = loopThrough(s, name)
    if (way.length > 1) return way
  }
  return loops.find(({ units }) => units.length > 1)?.units ?? printed
}

/** A shortest way from a unit along After= back to it. */
function loopThrough(s: Situation, start: string): readonly string[] {
  const cameFrom = new Map<string, string>()
  const queue = [start]
  for (let i = 0; i < queue.length; i++) {
    const name = queue[i] as string
    for (const next of [...(s.units.edges.get(name)?.get('After') ?? []), ...installedIn(s, name)]) {
      if (next === start) return wayTo(name, cameFrom)
      if (cameFrom.has(next)) continue
      cameFrom.set(next, name)
      queue.push(next)
    }
  }
  return []
}

/** A target comes after what is enabled in it. */
function installedIn(s: Situation, target: string): string[] {
  if (unitTypeOf(target) !== 'target') return []
  return s.units.files.filter((file) => INSTALL.test(file.text) && lists(file.text, INSTALL, target)).map((f) => f.unit)
}

function wayTo(end: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const way = [end]
  for (let name = cameFrom.get(end); name !== undefined; name = cameFrom.get(name)) way.unshift(name)
  return way
}

/** How late in the boot a unit comes up that is ordered after one of these. */
const STAGES = ['local-fs-pre', 'local-fs', 'sysinit', 'sockets', 'basic', 'network', 'network-online', 'multi-user']
const stageOf = (name: string): number => STAGES.indexOf(name.replace(/\.target$/, '')) + 1

interface Closer {
  readonly unit: string
  readonly after: string
  readonly before: string
}

function closerOf(loop: readonly string[], s: Situation): Closer | null {
  const scored = loop.map((unit, i) => {
    const after = loop[(i + 1) % loop.length] as string
    const before = loop.length > 2 ? (loop[(i + loop.length - 1) % loop.length] as string) : 'that same unit'
    return { unit, after, before, score: score(unit, after, s) }
  })
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a))
  return best.score > 0 ? best : null
}

function score(unit: string, after: string, s: Situation): number {
  const files = filesOf([unit], s)
  const written = s.units.nodes.get(unit)?.config !== undefined && files.length > 0
  const own = isAmong('early', unit) ? 0 : unitTypeOf(unit) === 'service' ? 2 : 1
  if (own === 0 && !written) return 0
  // What a file asks for can be taken out of it; what a unit has by default cannot.
  const asks = files.some((file) => lists(file.text, AFTER, after)) ? (stageOf(after) > 5 ? 4 : 1.25) : 0
  return own + stageOf(after) / 2 + (written ? 4 : 0) + asks
}

const INSTALL = /^(?:WantedBy|RequiredBy)=/m
const AFTER = /^After=/m

/** One of the lines that begin so names the unit. */
const lists = (text: string, key: RegExp, unit: string): boolean =>
  text.split('\n').some(
    (line) =>
      key.test(line) &&
      line
        .slice(line.indexOf('=') + 1)
        .split(/\s+/)
        .includes(unit),
  )
