/** What every page has around its body. */

import { html, type Markup } from '../../render/markup.ts'

export interface Page {
  readonly title: string
  readonly body: Markup
  /** True for pages that do more with a script; all of them work without. */
  readonly script?: boolean
  /** False for pages that no engine should show. */
  readonly found?: boolean
}

export function page({ title, body, script = false, found = true }: Page): string {
  const whole = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · whyjob</title>
${preview(found ? title : 'Why a job was canceled')}
${!found && html`<meta name="robots" content="noindex">`}
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
<p>Nothing pasted here is logged or run, nor stored unless you ask for a link. <a href="/privacy">Privacy</a></p>
</footer>
</body>
</html>
`
  return String(whole)
}

/** What messengers show of a link: never anything of what was pasted. */
const preview = (title: string): Markup => html`<meta property="og:title" content="${title}">
<meta property="og:description" content="systemd says “Job for x.service canceled.” and nothing else. whyjob says why.">
<meta property="og:site_name" content="whyjob">
<meta property="og:type" content="website">
<meta name="twitter:card" content="summary">`
