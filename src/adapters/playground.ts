/** A scenario that someone edits → what it does, as a piece of a page; in the Worker and in the browser alike. */

import { html, type Markup } from '../render/markup.ts'
import { timeline } from '../render/timeline.ts'
import { visible } from '../render/words.ts'
import { formatTrace } from '../systemd/happening.ts'
import { parseScenario, type Scenario } from '../systemd/scenario.ts'
import { check, type Played, play } from './play.ts'

export interface Playground {
  /** In one sentence, for those who do not see the picture change. */
  readonly says: string
  readonly markup: Markup
}

export function playground(text: string, systemd?: number): Playground {
  const scenario = parseScenario(text)
  const problems = scenario.problems.map(({ line, message }) => `Line ${line}: ${message}`)
  if (problems.length === 0 && scenario.timeline.length === 0) problems.push('It has no timeline, so nothing happens.')
  if (scenario.timeline.length === 0) return { says: problems[0] ?? '', markup: html`${trouble(problems)}` }
  const played = play(scenario, systemd)
  if (played.cut !== null) problems.push(`${played.cut} The end is cut off.`)
  const said = [...problems, ...played.diagnostics]
  return {
    says: problems[0] ?? `Played on systemd ${played.version}: ${played.trace.length} steps.`,
    markup: html`${trouble(said)}${picture(played)}${comparison(scenario, played.version)}`,
  }
}

const trouble = (problems: readonly string[]): Markup | false =>
  problems.length > 0 && html`<div class="hint"><ul>${problems.map((one) => html`<li>${visible(one)}</li>`)}</ul></div>`

function picture({ trace, version }: Played): Markup {
  const text = formatTrace(trace)
  return html`<figure class="played"><figcaption>Played on the simulator of systemd ${version}</figcaption>
<div class="scroll" role="region" aria-label="Timeline" tabindex="0">${timeline(text)}</div></figure>
<h2>Trace</h2>
<pre tabindex="0" aria-label="Trace"><code>${visible(text)}</code></pre>`
}

/** Where the scenario says itself what should happen, as stories of an answer and recordings do. */
function comparison(scenario: Scenario, version: number): Markup | false {
  const [checked] = check(scenario, version)
  if (checked === undefined) return false
  const { disagreement } = checked
  if (disagreement === null) return html`<p>This is what the trace in the scenario says.</p>`
  return html`<p>The trace in the scenario says otherwise of <code>${visible(disagreement.who)}</code>:</p>
<pre tabindex="0"><code>${visible(disagreement.context.join('\n'))}</code></pre>`
}
