/**
 * Which files of a paste a story is about. systemd loads a unit when something names it; whatever nothing of a story
 * names is left out of it, and what is left is the smallest story that plays alike.
 */

import { grouped } from '../evidence/grouped.ts'
import { onceFor } from '../evidence/once-for.ts'
import { type ScenarioFile, unitOfFile } from '../systemd/scenario.ts'
import { mangleUnitName, parseUnitName, templateOf, UNIT_TYPES, unitTypeOf } from '../systemd/unit.ts'

const TYPES = UNIT_TYPES.join('|')
const NAME = new RegExp(String.raw`[\w:.@\\%-]{1,250}\.(?:${TYPES})(?![\w-])`, 'g')
const SYSTEMCTL = /systemctl((?:[ \t]+[\w:.@\\%=-]{1,250}){1,30})/g
const ALIAS = /^\s*Alias\s*=(.*)$/gm

/** The file system decides about these: by paths, not by names. */
const BY_PATH = ['mount', 'automount', 'swap', 'device']

const namedIn = (text: string): string[] => [
  ...(text.match(NAME) ?? []),
  ...[...text.matchAll(SYSTEMCTL)].flatMap(([, words = '']) =>
    words
      .trim()
      .split(/\s+/)
      .map((word) => mangleUnitName(word)),
  ),
]

interface About {
  readonly owner: string
  readonly text: string
  /** Drop-ins of a type or of a prefix are of whatever units there are. */
  readonly isAlwaysNeeded: boolean
  /** Units that loading this file makes systemd look for. */
  readonly names: readonly string[]
  readonly aliases: readonly string[]
}

const aboutFile = onceFor(({ name, text }: ScenarioFile): About => {
  const wish = name.includes('/') && !name.endsWith('.conf') ? [name.slice(name.indexOf('/') + 1)] : []
  const owner = unitOfFile(name)
  return {
    owner,
    text,
    isAlwaysNeeded: owner.endsWith('-.service') || !owner.includes('.') || BY_PATH.includes(unitTypeOf(owner)),
    names: [...namedIn(text), ...wish],
    aliases: [...text.matchAll(ALIAS)].flatMap(([, list = '']) => list.trim().split(/\s+/)),
  }
})

/** What a unit brings along by its name alone. */
function impliedBy(unit: string): string[] {
  const template = templateOf(unit)
  const own = template === undefined ? [unit] : [unit, template]
  const type = unitTypeOf(unit)
  const stem = unit.slice(0, -type.length - 1)
  if (type === 'slice') return [...own, ...parentsOf(stem).map((parent) => `${parent}.slice`)]
  if (type !== 'socket' && type !== 'timer' && type !== 'path') return own
  return [...own, ...own.map((name) => `${name.slice(0, -type.length - 1)}.service`), `${stem}@.service`]
}

const parentsOf = (stem: string): string[] =>
  [...stem.matchAll(/-/g)].map(({ index }) => stem.slice(0, index)).filter((parent) => parent !== '')

/** `scripts` are texts of programs by their paths; the units that they name count where a file calls them. */
export function neededFiles(
  files: readonly ScenarioFile[],
  roots: readonly string[],
  scripts: ReadonlyMap<string, readonly string[]>,
): ScenarioFile[] {
  const abouts = files.map(aboutFile)
  const byOwner = grouped(abouts, ({ owner }) => owner)
  const ownerOfAlias = new Map<string, string>()
  const needed = new Set<string>()
  const waiting = [...roots]
  for (const { owner, isAlwaysNeeded, aliases } of abouts) {
    if (isAlwaysNeeded) waiting.push(owner)
    for (const alias of aliases) ownerOfAlias.set(alias, owner)
  }
  for (let unit = waiting.pop(); unit !== undefined; unit = waiting.pop()) {
    if (needed.has(unit)) continue
    needed.add(unit)
    const alias = ownerOfAlias.get(unit)
    if (alias !== undefined) waiting.push(alias)
    if (unit.includes('%')) waiting.push(...[...byOwner.keys()].filter((name) => couldBe(name, unit)))
    if (parseUnitName(unit)) waiting.push(...impliedBy(unit))
    for (const { names, text } of byOwner.get(unit) ?? []) {
      waiting.push(...names)
      for (const [path, calls] of scripts) if (text.includes(path)) waiting.push(...calls.flatMap(namedIn))
    }
  }
  return files.filter((_, i) => needed.has(abouts[i]!.owner))
}

const couldBe = (name: string, pattern: string): boolean =>
  name.startsWith(pattern.slice(0, pattern.indexOf('%'))) && name.endsWith(pattern.slice(pattern.lastIndexOf('.')))
