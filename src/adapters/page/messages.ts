/** What the page and the core in its Worker say to each other. */

export type Question =
  /** The rules and words as they are written, before the first paste. */
  | { readonly kind: 'catalog'; readonly text: string }
  | {
      readonly kind: 'diagnose'
      readonly text: string
      readonly systemd?: number
      /** False quotes the paste as it is: it is read where it was pasted. */
      readonly mask?: boolean
    }
  /** What each line of the paste that was last asked about was taken for. */
  | { readonly kind: 'lines' }
  | { readonly kind: 'play'; readonly text: string; readonly systemd?: number }
  /** Dropped or chosen files → one paste. */
  | { readonly kind: 'join'; readonly files: readonly { readonly name: string; readonly bytes: ArrayBuffer }[] }
  /** The paste without its secrets, to be put into a link. */
  | { readonly kind: 'mask'; readonly text: string }

export interface Reply {
  readonly says: string
  /** Markup of ours, escaped already. */
  readonly html?: string
  readonly markdown?: string
  /** True where something in the answer was masked. */
  readonly masked?: boolean
  readonly text?: string
}

export interface Asked {
  readonly id: number
  readonly question: Question
}

export type Answered =
  | { readonly id: number; readonly reply: Reply }
  | { readonly id: number; readonly error: string; readonly unreadable: boolean }
