/** The page: one box, and the answer above it once there is one. Needs no script. */

import { html, type Markup } from '../../render/markup.ts'
import { RECORDED } from '../../systemd/versions.ts'
import { EXAMPLES } from './examples.ts'
import { page } from './page.ts'
import type { Asked } from './request.ts'

export interface Home {
  readonly asked?: Asked
  readonly answer?: Markup
}

export function home({ asked, answer }: Home = {}): string {
  const body = html`${answer === undefined ? introduction() : answer}
${box(asked, answer !== undefined)}
${answer === undefined ? examples() : false}`
  return page({ title: answer === undefined ? 'Why was this job canceled?' : 'Answer', body, script: true })
}

const introduction = (): Markup => html`<h1>Why was this job canceled?</h1>
<p>systemd says “Job for x.service canceled.” and nothing else. Paste what you have. The answer comes from replaying
what could have happened on a model of systemd’s job engine, and quotes the lines it rests on.</p>`

/** The first newline inside a textarea is not part of its text, so one is given away. */
function box(asked: Asked | undefined, isAnswered: boolean): Markup {
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
</form>`
}

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
