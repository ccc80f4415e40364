/** What somebody wants who writes to us: one of a few words, or an answer to what is pasted. */

export type Asked =
  | { readonly kind: 'help' | 'forget' | 'nothing' }
  | { readonly kind: 'explain'; readonly word: string }
  | { readonly kind: 'paste'; readonly text: string }

/** A word of ours stands alone, or with what it is about on the same line; a paste has more to say. */
const WORD = /^(help|forget|explain)(?:[ \t]+(\S[^\n]{0,120}))?$/i

export function asked(text: string): Asked {
  const trimmed = text.trim()
  if (trimmed === '') return { kind: 'nothing' }
  const match = WORD.exec(trimmed)
  const [, word = '', rest = ''] = match ?? []
  switch (word.toLowerCase()) {
    case 'explain':
      return { kind: 'explain', word: rest }
    case 'help':
    case 'forget':
      return rest === '' ? { kind: word.toLowerCase() as 'help' | 'forget' } : { kind: 'paste', text }
    default:
      return { kind: 'paste', text }
  }
}
