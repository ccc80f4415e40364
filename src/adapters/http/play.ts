/** The simulator for everyone: edit a scenario, see what happens. Posts to itself where there is no script. */

import type { Context } from 'hono'
import { html, type Markup } from '../../render/markup.ts'
import { type Playground, playground } from '../playground.ts'
import { releases } from './home.ts'
import { page } from './page.ts'
import { type Asked, readScenario } from './request.ts'

const FIRST: Asked = {
  text: `# Stopping takes three seconds. A start that comes meanwhile takes the place of the stop job.
-- slow.service --
[Service]
ExecStart=/bin/sleep 1000
ExecStop=/bin/sleep 3
-- timeline --
0    systemctl start slow.service
1    systemctl stop slow.service
2    systemctl start slow.service
8    end
`,
}

export const playPage = (): string => whole(FIRST, playground(FIRST.text))

export async function played(c: Context): Promise<Response> {
  const { text, systemd } = await readScenario(c)
  const asked = { text: text.replaceAll('\r\n', '\n'), ...(systemd !== undefined && { systemd }) }
  c.header('Cache-Control', 'no-store')
  return c.html(whole(asked, playground(asked.text, systemd)))
}

function whole(asked: Asked, { markup }: Playground): string {
  const body = html`<h1>Play</h1>
<p>Unit files, and what is done when. The simulator of systemd’s job engine shows what comes of it.</p>
${box(asked)}
<div id="played">${markup}</div>`
  return page({ title: 'Play', body, script: true })
}

function box({ text, systemd }: Asked): Markup {
  return html`<form id="play" method="post" action="/play" enctype="multipart/form-data">
<p><label for="scenario">Scenario</label>
<textarea id="scenario" name="scenario" rows="16" spellcheck="false" autocomplete="off" autocapitalize="off"
 aria-describedby="scenario-help">
${text}</textarea></p>
<p id="scenario-help" class="help">A line <code>-- NAME --</code> begins a unit file; below
<code>-- timeline --</code> each line has seconds and a command, <code>end</code> being the last.</p>
<p><label for="systemd">systemd</label>
<select id="systemd" name="systemd"><option value="">as the scenario says</option>${releases(systemd)}</select>
<button type="submit">Play</button></p>
</form>`
}
