/** What an incident knows and decides, one call at a time. Where it is kept is its store's business. */

import type { Redaction } from '../../evidence/fact.ts'
import type { Added, Answered, Evidence, Message, Paste, Work } from './incident.ts'

/** In UTF-16 units, all pastes together: three times as many bytes still fit a row of the store. */
export const MAX_EVIDENCE = 512 * 1024
const MAX_PASTES = 1000
/** Longer than any answer takes; whoever holds a lease for longer is no more. */
const LEASE_MS = 20_000
const PICTURES = 12

export interface Rest {
  readonly key: string
  readonly revision: number
  readonly answered: Pick<Answered, 'revision' | 'verdict'> | null
  readonly message: Message | null
  readonly lease: { readonly id: string; readonly until: number } | null
  /** Those of the latest answers. */
  readonly pictures: readonly Pick<Answered, 'revision' | 'lines'>[]
}

export interface Saved {
  readonly pastes: readonly Paste[]
  readonly rest: Rest
}

export interface Store {
  keepPaste(paste: Paste): void
  keepRest(rest: Rest): void
}

const NOWHERE: Store = { keepPaste: () => {}, keepRest: () => {} }

export class IncidentState {
  readonly #pastes: Map<string, Paste>
  readonly #store: Store
  readonly #address: string | null
  #rest: Rest

  constructor(saved: Saved | null = null, store: Store = NOWHERE, id: string | null = null) {
    this.#pastes = new Map((saved?.pastes ?? []).map((paste) => [paste.id, paste]))
    this.#rest = saved?.rest ?? fresh()
    this.#store = store
    this.#address = id === null ? null : `${id}.${this.#rest.key}`
  }

  /** The same message again is the same evidence, or what it was changed to; the same text twice is said once. */
  add(pastes: readonly Paste[]): Added {
    let added = 0
    for (const paste of pastes) {
      const known = this.#pastes.get(paste.id)
      if (known?.text === paste.text) continue
      if (known === undefined && this.#has(paste.text)) continue
      if (this.#size() - (known?.text.length ?? 0) + paste.text.length > MAX_EVIDENCE) return 'full'
      if (known === undefined && this.#pastes.size >= MAX_PASTES) return 'full'
      this.#pastes.set(paste.id, paste)
      this.#store.keepPaste(paste)
      added++
    }
    if (added === 0) return 'known'
    this.#keep({ revision: this.#rest.revision + 1 })
    return 'new'
  }

  claim(now: number): Work | null {
    const { lease, answered, revision } = this.#rest
    const evidence = this.read()
    if (evidence === null || answered?.revision === revision) return null
    if (lease !== null && lease.until > now) return null
    const id = random()
    this.#keep({ lease: { id, until: now + LEASE_MS } })
    return { ...evidence, lease: id }
  }

  answered(lease: string, { revision, verdict, lines, message }: Answered): void {
    // Forgotten meanwhile.
    if (this.#pastes.size === 0) return
    const mine = this.#rest.lease?.id === lease
    const pictures = [...this.#rest.pictures, { revision, lines }].slice(-PICTURES)
    // Somebody took over meanwhile, and may have answered more: then only the picture counts, for it was shown.
    this.#keep(mine ? { answered: { revision, verdict }, message, lease: null, pictures } : { pictures })
  }

  adopt(message: Message): void {
    if (this.#rest.message === null) this.#keep({ message })
  }

  release(lease: string): void {
    if (this.#rest.lease?.id === lease) this.#keep({ lease: null })
  }

  read(): Evidence | null {
    if (this.#pastes.size === 0) return null
    const pastes = [...this.#pastes.values()].sort(inTime)
    return {
      revision: this.#rest.revision,
      text: pastes.map(({ text }) => text.trimEnd()).join('\n\n'),
      redacted: together(pastes.flatMap(({ redacted }) => redacted)),
      pastes: pastes.length,
      authors: new Set(pastes.map(({ author }) => author)).size,
      before: this.#rest.answered?.verdict ?? null,
      message: this.#rest.message,
      address: this.#address,
    }
  }

  picture(key: string, revision: number): readonly string[] | null {
    if (!isSame(key, this.#rest.key)) return null
    return this.#rest.pictures.find((one) => one.revision === revision)?.lines ?? null
  }

  unlock(key: string): Evidence | null {
    return isSame(key, this.#rest.key) ? this.read() : null
  }

  #has(text: string): boolean {
    return [...this.#pastes.values()].some((paste) => paste.text === text)
  }

  #size(): number {
    return [...this.#pastes.values()].reduce((sum, { text }) => sum + text.length, 0)
  }

  #keep(changed: Partial<Rest>): void {
    this.#rest = { ...this.#rest, ...changed }
    this.#store.keepRest(this.#rest)
  }
}

const fresh = (): Rest => ({ key: random(), revision: 0, answered: null, message: null, lease: null, pictures: [] })

/** 128 bits that nobody can guess. */
const random = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Takes as long for a wrong key as for the right one. */
function isSame(given: string, own: string): boolean {
  if (given.length !== own.length) return false
  let difference = 0
  for (let i = 0; i < own.length; i++) difference |= given.charCodeAt(i) ^ own.charCodeAt(i)
  return difference === 0
}

const inTime = (a: Paste, b: Paste): number => Number(a.at) - Number(b.at) || (a.id < b.id ? -1 : 1)

function together(all: readonly Redaction[]): Redaction[] {
  const counts = new Map<string, number>()
  for (const { kind, count } of all) counts.set(kind, (counts.get(kind) ?? 0) + count)
  return [...counts].map(([kind, count]) => ({ kind, count }))
}
