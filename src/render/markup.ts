/** The one way to write HTML and SVG: hono's escaping tag, kept to what is synchronous and plain. */

import { type raw, html as tag } from 'hono/html'

/** Text that is safe to stand in a page as it is. */
export type Markup = ReturnType<typeof raw>

type Value = string | number | false | null | undefined | Markup | readonly (string | Markup)[]

/** Whatever is interpolated is escaped, in text and in quoted attributes alike, unless it is markup itself. */
export const html = (strings: TemplateStringsArray, ...values: Value[]): Markup =>
  // A promise comes only of promised values, and the type above has none.
  tag(strings, ...values) as Markup
