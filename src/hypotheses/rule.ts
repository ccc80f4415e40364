/** A rule as data: what rules/*.yaml hold after validation, and the catalog after generation. */

import type { Cause } from './cause.ts'

/** `$name` binds or compares; a list is any of; see match.ts for the objects. */
export type Pattern = string | number | boolean | null | readonly Pattern[] | { readonly [key: string]: Pattern }

/** One condition: a single key that names a fact's kind, a relation of the graph, or `any`, `none`. */
export type Clause = { readonly [predicate: string]: Pattern | readonly Clause[] | readonly (readonly Clause[])[] }

export interface Likelihood {
  /** Factor on the prior if it holds. */
  readonly by: number
  /** The paste shows it: with this the rule may be the explanation, not only a candidate. False: it cannot be. */
  readonly proves?: boolean
  readonly when: readonly Clause[]
}

export interface StoryTemplate {
  /** Units that are up before the job asked about is requested. */
  readonly up?: readonly string[]
  /** Jobs that have to take a while for the story to happen: a drop-in makes them slow, if nothing else does. */
  readonly slow?: readonly { readonly unit: string; readonly job: string }[]
  /** Files that the paste lacks; a name that it has is left alone. `+name.d/x.conf` is always added. */
  readonly files?: { readonly [name: string]: string }
  /** A unit that systemd knows no file of, though others name it. */
  readonly absent?: string
  /** Timeline lines of a scenario, with {variables}. The time may be written as +N: N seconds after the line above. */
  readonly timeline: readonly string[]
  /** What must come out for the story to explain anything: `UNIT EVENT` as in a trace. */
  readonly expect: readonly string[]
}

export interface RemedyTemplate {
  readonly title: string
  readonly why: string
  readonly risk: 'reads' | 'safe' | 'disruptive'
  /** `now` gets one out of the incident, `for-good` keeps it from coming back. */
  readonly when?: 'now' | 'for-good'
  /** Not proposed unless these hold, with the rule's variables bound. */
  readonly onlyIf?: readonly Clause[]
  readonly dropIn?: { readonly unit: string; readonly text: string }
  /** Replaces settings of a unit's own file, where a drop-in cannot: dependencies cannot be taken back by one. */
  readonly edit?: { readonly unit: string; readonly replace: { readonly [setting: string]: string | null } }
  /** A unit that is masked in the story, and that the commands unmask. */
  readonly unmask?: string
  readonly commands?: readonly string[]
  /** What it is proven by where the rule has no story: how it goes wrong without the remedy. */
  readonly story?: StoryTemplate
  /** The story's timeline as it would be with the remedy; the same one where left out. */
  readonly timeline?: readonly string[]
  /** What must come out with it: `UNIT EVENT` lines. Without it, the job asked about has to end `done`. */
  readonly expect?: readonly string[]
}

export interface AskTemplate {
  readonly command: string
  readonly because: string
  readonly tells?: readonly Cause[]
}

export interface Rule {
  readonly code: string
  /** The file's name after the code. */
  readonly slug: string
  readonly cause: Cause
  readonly mirrors: string
  readonly since?: number
  readonly until?: number
  /** Weight among the rules that fire on one paste, before the evidence counts. */
  readonly prior: number
  readonly when: readonly Clause[]
  /** Firing is proof enough: what it says stands in the paste in systemd's own words. */
  readonly certain?: boolean
  /** Rests on what people tell or on files alone: asked only where nothing that systemd printed explains the paste. */
  readonly told?: boolean
  readonly likelihoods: readonly Likelihood[]
  /** Values for variables that the facts leave open. */
  readonly defaults?: { readonly [name: string]: string }
  /** The same for the story alone: words and remedies do not name what nothing in the paste names. */
  readonly standIns?: { readonly [name: string]: string }
  readonly job?: { readonly unit: string; readonly type: string; readonly result: string | null }
  readonly replacedBy?: { readonly unit: string; readonly type: string; readonly mode: string }
  readonly trigger?: {
    readonly kind: string
    readonly unit?: string
    readonly setting?: string
    readonly client?: string
    /** As it stands in a list of stories; `what` where the rule has nothing else to say there. */
    readonly text?: string
  }
  readonly story?: StoryTemplate
  readonly what: string
  readonly why: string
  readonly next: string
  /** What is said of it where its story, played, does not come about: people blame it all the same. */
  readonly otherwise?: string
  readonly remedies: readonly RemedyTemplate[]
  readonly ask: readonly AskTemplate[]
  readonly references: readonly { readonly page: string; readonly section?: string }[]
}

/** With the pastes that the tests try it on. */
export interface TestedRule extends Rule {
  readonly firesOn: readonly string[]
  readonly silentOn: readonly string[]
}

/** One of systemd's words: rules/glossary.yaml. */
export interface GlossaryEntry {
  readonly term: string
  readonly text: string
  /** Other spellings, and what people type. */
  readonly also: readonly string[]
  readonly page?: string
}

/** All that rules/ say. Whoever asks for an answer brings it along. */
export interface Catalog {
  readonly rules: readonly Rule[]
  readonly glossary: readonly GlossaryEntry[]
}
