/** What a masked text has in the place of a name or a secret. */

/** `[host-1]` for the first host, as a rule. */
export const tokenFor = (kind: string, number: number): string =>
  `[${kind.replace(/ address$/, '').toLowerCase()}-${number}]`

const DIGITS = String.raw`\d{1,5}`

/** Such a token's pattern, for patterns; `kinds` are alternatives of one. */
export const tokenPattern = (kinds = '[a-z][a-z -]{0,40}'): string => String.raw`\[(?:${kinds})-${DIGITS}\]`

const WHOLE = new RegExp(`^${tokenPattern()}$`)

/** Whether a text is such a token, and nothing else. */
export const isToken = (text: string): boolean => WHOLE.test(text)
