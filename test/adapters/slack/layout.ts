/** Blocks laid out about as Slack does on a phone, for pictures of answers. What is not in them has no place here. */

import { html, type Markup } from '../../../src/render/markup.ts'
import type { RichLink, RichPart, RichSpan, SlackBlock, SlackButton } from '../../../src/render/slack-blocks.ts'

export interface Theme {
  readonly name: 'light' | 'dark'
}

/** A page with one message; pictures are given, for there is no network. */
export function layout(blocks: readonly SlackBlock[], theme: Theme, pictures: ReadonlyMap<string, string>): string {
  return String(html`<!doctype html><html lang="en" class="${theme.name}"><meta charset="utf-8"><title>whyjob</title>
<style>${STYLE}</style><div class="message"><div class="avatar">w</div><div class="body">
<div class="who"><b>whyjob</b> <span class="app">APP</span> <span class="time">10:03</span></div>
${blocks.map((block) => element(block, pictures))}</div></div></html>`)
}

function element(block: SlackBlock, pictures: ReadonlyMap<string, string>): Markup {
  switch (block.type) {
    case 'header':
      return html`<h1>${block.text.text}</h1>`
    case 'context':
      return html`<p class="context">${block.elements.map(({ text }) => html`<span>${text}</span>`)}</p>`
    case 'divider':
      return html`<hr>`
    case 'image':
      return html`<img alt="${block.alt_text}" src="${pictures.get(block.image_url) ?? ''}">`
    case 'actions':
      return html`<div class="actions">${block.elements.map(button)}</div>`
    case 'rich_text':
      return html`<div class="rich">${block.elements.map(part)}</div>`
  }
}

function part(one: RichPart): Markup {
  switch (one.type) {
    case 'rich_text_section':
      return html`<div class="section">${one.elements.map(span)}</div>`
    case 'rich_text_preformatted':
      return html`<pre>${one.elements.map(({ text }) => text)}</pre>`
    case 'rich_text_quote':
      return html`<blockquote>${one.elements.map(span)}</blockquote>`
    case 'rich_text_list':
      return html`<ul>${one.elements.map(({ elements }) => html`<li>${elements.map(span)}</li>`)}</ul>`
  }
}

function span(one: RichSpan | RichLink): Markup {
  if (one.type === 'link') return html`<a href="${one.url}">${one.text}</a>`
  if (one.style?.code) return html`<code>${one.text}</code>`
  return one.style?.bold ? html`<b>${one.text}</b>` : html`${one.text}`
}

const button = ({ text, style }: SlackButton): Markup => html`<span class="button ${style ?? ''}">${text.text}</span>`

const STYLE = `
:root { --paper: #fff; --ink: #1d1c1d; --faint: #616061; --line: #d9d9d9; --pre: #f8f8f8; --code: #c01343 }
.dark { --paper: #1a1d21; --ink: #d1d2d3; --faint: #ababad; --line: #42454a; --pre: #222529; --code: #e8912d }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.46 Lato, "DejaVu Sans", sans-serif }
.message { display: flex; gap: 8px; padding: 10px 12px }
.avatar { flex: none; width: 36px; height: 36px; border-radius: 6px; background: #3a5ba0; color: #fff;
  text-align: center; font: bold 20px/34px sans-serif }
.body { min-width: 0; flex: 1 }
.who { font-size: 15px }
.app { font-size: 10px; background: var(--line); border-radius: 2px; padding: 1px 3px }
.time, .context { color: var(--faint); font-size: 12px }
h1 { font-size: 18px; line-height: 1.33; margin: 4px 0 6px }
.context { margin: 4px 0 }
.rich { margin: 4px 0 8px; overflow-wrap: anywhere }
pre { font: 12px/1.5 "DejaVu Sans Mono", monospace; background: var(--pre); border: 1px solid var(--line);
  border-radius: 4px; padding: 8px; margin: 4px 0; white-space: pre-wrap; overflow-wrap: anywhere }
code { font: 12px "DejaVu Sans Mono", monospace; color: var(--code); background: var(--pre);
  border: 1px solid var(--line); border-radius: 3px; padding: 1px 3px }
ul { margin: 4px 0; padding-left: 22px }
img { display: block; width: 100%; border-radius: 8px; margin: 4px 0 8px }
.actions { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0 }
.button { border: 1px solid var(--line); border-radius: 4px; padding: 3px 10px; font-weight: bold; font-size: 14px }
.primary { background: #007a5a; border-color: #007a5a; color: #fff }
`
