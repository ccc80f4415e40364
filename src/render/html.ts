/** Report → a piece of a page. Works without a script and without a style of its own. */

import { html, type Markup } from './markup.ts'
import { relationsOf, type Scene } from './relations.ts'
import { relationsInWords, relationsPicture } from './relations-picture.ts'
import type { Block, QuotedLine, Report } from './report.ts'
import { timeline } from './timeline.ts'
import { sentenceCase, spans, visible } from './words.ts'

export function toHtml(report: Report): Markup {
  const codes = report.codes.map((code) => html` <a class="code" href="/rules/${code}">${code}</a>`)
  return html`<article class="answer ${report.kind}" aria-labelledby="verdict">
<h1 id="verdict">${sentenceCase(report.title)}${codes}</h1>
${report.blocks.map(toElement)}</article>
`
}

function toElement(block: Block): Markup {
  switch (block.kind) {
    case 'heading':
      return html`<h2>${inline(block.text)}</h2>\n`
    case 'text':
      return html`<p>${inline(block.text)}</p>\n`
    case 'quote':
      return html`<pre class="quote"><code>${quotes(block.lines)}</code></pre>\n`
    case 'list':
      return html`<ul>${block.items.map((item) => html`<li>${inline(item)}</li>`)}</ul>\n`
    case 'code':
      return html`<figure><figcaption><code>${visible(block.caption)}</code></figcaption>
${preformatted(block.text)}</figure>\n`
    case 'commands':
      return html`${commands(block.lines)}\n`
    case 'hint':
      return html`<div class="hint"><p><strong>Hint:</strong> ${inline(block.text)}</p>
${commands(block.commands)}</div>\n`
    case 'played':
      return html`<figure class="played"><figcaption>${inline(block.caption)}</figcaption>
<div class="scroll" role="region" aria-label="Timeline" tabindex="0">${timeline(block.trace, block.cited)}</div>
<details><summary>The same in words</summary>${preformatted(block.lines.join('\n'))}</details></figure>
${block.scene && tied(block.scene)}`
    case 'fold':
      return html`<details><summary>${inline(block.caption)}</summary>${preformatted(block.text)}${
        block.story && playable(block.text)
      }</details>\n`
  }
}

/** Nothing is drawn of a unit alone. */
function tied(scene: Scene): Markup {
  const relations = relationsOf(scene)
  if (relations.edges.length === 0) return html``
  return html`<figure class="played"><figcaption>The units of the story, and what ties them</figcaption>
<div class="scroll" role="region" aria-label="Units" tabindex="0">${relationsPicture(relations)}</div>
<details><summary>The same in words</summary><ul>${relationsInWords(relations).map(
    (one) => html`<li>${inline(one)}</li>`,
  )}</ul></details></figure>
`
}

/** A button and not a link: without a script the story has to be sent along. */
const playable = (story: string): Markup => html`<form method="post" action="/play" enctype="multipart/form-data">
<input type="hidden" name="scenario" value="${visible(story)}">
<button type="submit">Play with this story</button></form>`

const inline = (sentence: string): Markup[] =>
  spans(visible(sentence)).map(({ text, code }) => (code ? html`<code>${text}</code>` : html`${text}`))

const preformatted = (text: string): Markup => html`<pre tabindex="0"><code>${visible(text)}</code></pre>`

const commands = (lines: readonly string[]): Markup =>
  lines.length === 0
    ? html``
    : html`<pre class="commands" tabindex="0">${lines.map((line) => html`<code>${visible(line)}</code>\n`)}</pre>`

function quotes(lines: readonly QuotedLine[]): Markup[] {
  const digits = Math.max(...lines.map(({ line }) => String(line).length))
  return lines.map((line) => quoted(line, digits))
}

function quoted({ line, text, mark }: QuotedLine, digits: number): Markup {
  const [from, to] = mark ?? [0, 0]
  const [before, marked, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)].map(visible)
  const number = html`<span class="number">${String(line).padStart(digits)}|</span>`
  return html`${number} ${before}${mark === null ? false : html`<mark>${marked}</mark>`}${after}\n`
}
