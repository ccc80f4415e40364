/** The page: one box, and the answer above it once there is one. Needs no script. */

import { html, type Markup } from '../../render/markup.ts'
import { RECORDED } from '../../systemd/versions.ts'
import { EXAMPLES } from './examples.ts'
import { page } from './page.ts'
import type { Asked } from './request.ts'

export interface Home {
  readonly asked?: Asked
  readonly answer?: Markup
  /** The paste line by line, with what each was taken for. */
  readonly lines?: Markup
  /** True where links can be kept. */
  readonly keeps?: boolean
  /** What a kept link says of itself; such a page is not to be found by engines. */
  readonly note?: Markup
}

export function home({ asked, answer, lines, keeps = false, note }: Home = {}): string {
  const body = html`${note && html`<div class="kept">${note}</div>`}${answer === undefined ? introduction() : answer}
${lines && marked(lines)}
${box(asked, answer !== undefined, keeps)}
${answer === undefined ? examples() : false}`
  const title = answer === undefined ? 'Why was this job canceled?' : 'Answer'
  return page({ title, body, script: true, found: note === undefined })
}

const introduction = (): Markup => html`<h1>Why was this job canceled?</h1>
<p>systemd says “Job for x.service canceled.” and nothing else. Paste what you have. The answer comes from replaying
what could have happened on a model of systemd’s job engine, and quotes the lines it rests on.</p>`

/** With a script the same table follows what is typed. */
const marked = (lines: Markup): Markup =>
  html`<details class="marked" open><summary>What each line was taken for</summary>${lines}</details>`

/** The first newline inside a textarea is not part of its text, so one is given away. */
function box(asked: Asked | undefined, isAnswered: boolean, keeps: boolean): Markup {
  const label = isAnswered ? 'Your paste: add what was asked for and send it again' : 'Your paste'
  return html`<form id="ask" method="post" action="/" enctype="multipart/form-data">
<p><label for="paste">${label}</label>
<textarea id="paste" name="paste" rows="14" spellcheck="false" autocomplete="off" autocapitalize="off"
 aria-describedby="paste-help">
${asked?.text}</textarea></p>
<p id="paste-help" class="help">Any mix of what the terminal said, <code>systemctl status</code>,
<code>systemctl cat</code>, <code>journalctl</code>, unit files, Ansible or CI output. Cut pieces, colours and prompts
are fine.</p>
<p><label for="files">Files</label> <input id="files" type="file" name="files" multiple></p>
<p><label for="systemd">systemd</label>
<select id="systemd" name="systemd"><option value="">as the paste says</option>${releases(asked?.systemd)}</select>
<button type="submit">Explain</button></p>
${keeps && keeping()}</form>`
}

/** The other button of the same form, so that it needs no script. */
const keeping = (): Markup => html`<details class="keep"><summary>Keep it under a short link</summary>
<p>The paste is masked, stored, and shown with its answer to whoever has the link, until its time is over or you delete
it. <a href="/privacy">What is stored</a>.</p>
<p><label for="expires">For</label> <select id="expires" name="expires"><option value="1h">an hour</option>
<option value="1d" selected>a day</option><option value="30d">30 days</option></select>
<button type="submit" id="keep" formaction="/links">Keep</button></p></details>
`

/** To choose from: the ones that were recorded, and the one that was chosen. */
export const releases = (chosen: number | undefined): Markup[] =>
  [...new Set([...RECORDED, ...(chosen === undefined ? [] : [chosen])])]
    .sort((a, b) => a - b)
    .map((version) =>
      version === chosen ? html`<option selected>${version}</option>` : html`<option>${version}</option>`,
    )

const examples = (): Markup => html`<section aria-labelledby="examples"><h2 id="examples">Examples</h2>
<ul>${Object.entries(EXAMPLES).map(
  ([name, { title }]) => html`<li><a href="/?example=${name}">${title}</a></li>`,
)}</ul></section>`
