/** What every page has around its body. */

import { html, type Markup } from '../../render/markup.ts'

export interface Page {
  readonly title: string
  readonly body: Markup
  /** True for pages that do more with a script; all of them work without. */
  readonly script?: boolean
}

export function page({ title, body, script = false }: Page): string {
  const whole = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · whyjob</title>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
${script && html`<script type="module" src="/page.js"></script>`}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header><a href="/" class="name">whyjob</a>
<nav aria-label="Pages"><a href="/play">Play</a> <a href="/rules">Rules</a> <a href="/glossary">Glossary</a>
<a href="/docs">API</a></nav></header>
<main id="main">
${body}
</main>
<footer>
<p>Nothing pasted here is stored, logged or run.</p>
</footer>
</body>
</html>
`
  return String(whole)
}
