/**
 * Sentences of the manager that a narrow terminal cut: `Failed with result 'exit-…`, or in the middle as v219 did:
 * `control process exited,...55`. What is left of both ends must fit one sentence, and only one.
 */

import { MESSAGES, type MessageKey } from '../systemd/messages.ts'
import { UNIT_TYPES } from '../systemd/unit.ts'
import { grouped } from './grouped.ts'
import type { Reading } from './hear.ts'

/** Characters of systemd's own words that must be left: `Stopped `. */
const ENOUGH = 7

interface Row {
  readonly key: MessageKey
  readonly prefixed: boolean
  readonly parts: readonly string[]
  readonly names: readonly string[]
  readonly since: number | null
  readonly until: number | null
}

/** By the first character of the sentence; '' for those that begin with a place. */
let byFirst: ReadonlyMap<string, readonly Row[]> | undefined

function rowsLike(head: string): readonly Row[] {
  byFirst ??= grouped(allRows(), (row) => row.parts[0]!.charAt(0))
  const first = head.charAt(0)
  return first === '' ? [...byFirst.values()].flat() : [...(byFirst.get(first) ?? []), ...(byFirst.get('') ?? [])]
}

function allRows(): Row[] {
  return (Object.keys(MESSAGES) as MessageKey[]).flatMap((key) =>
    MESSAGES[key].wordings.map(({ text, since, until }) => ({
      key,
      prefixed: MESSAGES[key].prefixed,
      parts: text.split(/\{[a-zA-Z0-9]+\}/),
      names: [...text.matchAll(/\{([a-zA-Z0-9]+)\}/g)].map((m) => m[1]!),
      since: since ?? null,
      until: until ?? null,
    })),
  )
}

/** Where a text was cut: `…`, three to five full stops, or the `>` of a pager at its end. */
const CUT = /…|\.{3,5}|>$/

/** `prefixed`: whether a unit's name stood before it, null if unknown. Null if nothing was cut, or too much. */
export function parseEllipsized(text: string, prefixed: boolean | null, enough = ENOUGH): Reading | null {
  const cut = CUT.exec(text)
  if (!cut) return null
  const head = text.slice(0, cut.index)
  if (head.length < enough) return null
  const tail = text.slice(cut.index + cut[0].length).replace(/^\.+/, '')
  const fitting = rowsLike(head).flatMap((row) => {
    if (prefixed !== null && row.prefixed !== prefixed) return []
    const weight = fits(row.parts, head, tail)
    return weight >= enough ? [{ row, weight }] : []
  })
  if (fitting.length === 0) return null
  // The most that is there, then the least that is missing.
  const score = (f: { row: Row; weight: number }) => f.weight * 1000 - Math.min(999, f.row.parts.join('').length)
  const most = Math.max(...fitting.map(score))
  const best = fitting.filter((f) => score(f) === most).map((f) => f.row)
  const weight = fitting.find((f) => score(f) === most)!.weight
  const keys = new Set(best.map((row) => row.key))
  if (keys.size > 1) return null
  const args = argsOf(best[0]!, head, enough === ENOUGH ? '…' : '')
  const since = best.some((r) => r.since === null) ? null : Math.min(...best.map((r) => r.since ?? 0))
  const until = best.some((r) => r.until === null) ? null : Math.max(...best.map((r) => r.until ?? 0))
  return { key: best[0]!.key, args, since, until, weight, cut: true }
}

/** How many characters of the sentence's own words the head, and the tail, agree with; 0 if they do not fit. */
function fits(parts: readonly string[], head: string, tail: string): number {
  const first = parts[0]!
  if (head.length <= first.length) return first.startsWith(head) && fitsTail(parts, tail) ? head.length : 0
  if (!head.startsWith(first)) return 0
  let weight = first.length
  let at = first.length
  for (let i = 1; i < parts.length; i++) {
    const literal = parts[i]!
    const found = isEnd(parts, i) ? -1 : head.indexOf(literal, at)
    if (found < 0) {
      weight += begunAt(head, at, literal)
      break
    }
    weight += literal.length
    at = found + literal.length
  }
  return parts.length > 1 && fitsTail(parts, tail) ? weight : 0
}

/** Fewer of a sentence's words than this can stand at the end of any value. */
const BEGUN = 8

/** How much of the sentence's next words the head ends with, where the cut is within them; 0 if it is not. */
function begunAt(head: string, from: number, literal: string): number {
  for (let length = Math.min(literal.length, head.length - from); length >= BEGUN; length--) {
    if (head.endsWith(literal.slice(0, length))) return length
  }
  return 0
}

/** What a sentence ends with is behind the cut, if it is there at all. */
const isEnd = (parts: readonly string[], i: number) => i === parts.length - 1 || parts[i] === ''

function fitsTail(parts: readonly string[], tail: string): boolean {
  const last = parts.at(-1)!
  return tail.length <= last.length ? last.endsWith(tail) : tail.endsWith(last) && parts.length > 1
}

/** `dev-sdq1.dev` can only have been a device. */
function suffixed(value: string, mark: string): string {
  if (mark !== '') return value + mark
  const dot = value.lastIndexOf('.')
  const begun = value.slice(dot + 1)
  const types = dot > 0 && begun !== '' ? UNIT_TYPES.filter((type) => type.startsWith(begun)) : []
  return types.length === 1 ? value.slice(0, dot + 1) + types[0] : value
}

/** The places that the head has whole; the one that was cut has what is left of it, and the mark. */
function argsOf(row: Row, head: string, mark: string): Record<string, string> {
  const args: Record<string, string> = {}
  let at = row.parts[0]!.length
  for (let i = 1; i < row.parts.length && at < head.length; i++) {
    const literal = row.parts[i]!
    const found = isEnd(row.parts, i) ? -1 : head.indexOf(literal, at)
    const begun = found < 0 ? begunAt(head, at, literal) : 0
    const end = found < 0 ? head.length - begun : found
    const name = row.names[i - 1]
    const isWhole = found >= 0 || begun > 0
    const value = head.slice(at, end)
    if (name) args[name] = isWhole ? value : suffixed(value.replace(/[.…]+$/, ''), mark)
    at = found < 0 ? head.length : found + literal.length
  }
  return args
}
