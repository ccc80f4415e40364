/** Light and dark, phone and print; no font, image or script from anywhere. */

export const STYLE = `
:root {
  color-scheme: light dark;
  --ink: #1d2125;
  --paper: #fff;
  --faint: #5c6570;
  --line: #d5dae0;
  --soft: #f3f5f7;
  --link: #0b57d0;
  --bad: #b3261e;
  --good: #1e6b34;
  --mark: #fde9a9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6e9ec;
    --paper: #15181b;
    --faint: #a3adb8;
    --line: #363d45;
    --soft: #1f2429;
    --link: #9ec2ff;
    --bad: #ff9a90;
    --good: #7fd598;
    --mark: #5a4a12;
  }
}
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
header, main, footer { max-width: 60rem; margin: 0 auto; padding: 0.75rem 1rem; }
header { display: flex; flex-wrap: wrap; gap: 0 1.5rem; align-items: baseline; border-bottom: 1px solid var(--line); }
header .name { font-weight: 700; color: inherit; text-decoration: none; }
nav a { margin-right: 1rem; }
footer { color: var(--faint); font-size: 0.875rem; border-top: 1px solid var(--line); }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
#status.spoken { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 0.5rem; top: 0.5rem; padding: 0.5rem; background: var(--paper); }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1.15rem; line-height: 1.25; margin: 1.75rem 0 0.25rem; }
code, pre, textarea, svg { font-family: ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; }
code, pre, textarea { font-size: 0.875rem; }
pre code { font-size: inherit; }
pre { overflow-x: auto; margin: 0.5rem 0; padding: 0.75rem; background: var(--soft); border-radius: 6px; }
.quote { border-left: 4px solid var(--bad); border-radius: 0; }
.quote .number { color: var(--faint); user-select: none; }
mark { background: var(--mark); color: inherit; }
.commands code::before { content: '$ '; color: var(--faint); }
button.quiet { padding: 0.15rem 0.75rem; color: var(--ink); background: var(--soft); border: 1px solid var(--faint); }
.copy { margin-bottom: 0.5rem; }
.dropping textarea { outline: 3px dashed var(--link); }
.scroll { overflow-x: auto; }
.lines { max-height: 32rem; overflow-y: auto; }
.lines table { border-collapse: collapse; width: 100%; }
.lines th, .lines td { padding: 0.1rem 0.5rem; text-align: left; vertical-align: top; white-space: nowrap; }
.lines thead th { position: sticky; top: 0; background: var(--paper); }
.lines tbody th { color: var(--faint); font-weight: 400; text-align: right; }
.lines td code { white-space: pre; }
.lines tr.for { background: var(--mark); }
.lines tr.for th { color: inherit; }
.lines tr.against td { color: var(--bad); }
.lines td:nth-child(2), .lines td:nth-child(3) { font-size: 0.875rem; }
figure { margin: 1rem 0; }
figcaption { color: var(--faint); }
.hint { margin: 1rem 0; padding: 0 0.75rem; border: 1px solid var(--line); border-left: 4px solid var(--link); }
details { margin: 0.5rem 0; }
summary { cursor: pointer; }
.answer > h1 { margin-top: 1rem; padding-bottom: 0.25rem; border-bottom: 3px solid var(--faint); }
.answer.explained > h1 { border-color: var(--good); }
.answer > p:first-of-type { font-size: 1.15rem; font-weight: 600; }
.timeline .job rect { fill: var(--soft); }
.timeline .job.done rect { stroke: var(--good); }
.timeline .job.canceled rect { stroke: var(--bad); stroke-width: 2; stroke-dasharray: 5 3; }
.timeline .job.failed rect, .timeline .job.timeout rect, .timeline .job.dependency rect { stroke: var(--bad); }
.timeline .displaced line { stroke: var(--bad); }
.timeline a text { fill: var(--link); text-decoration: underline; }
.lines tr:target { outline: 2px solid var(--link); outline-offset: -2px; }
.timeline .note, .timeline .tick text { fill: var(--faint); }
.relations .node rect { fill: var(--soft); }
.relations .node.ended rect { stroke: var(--bad); stroke-width: 2; stroke-dasharray: 5 3; }
.relations .node.on-the-way rect, .relations .node.outside rect { stroke: var(--bad); stroke-width: 2; }
.relations .edge { color: var(--faint); }
.relations .edge.on-the-way { color: var(--bad); }
.relations .edge text { stroke: var(--paper); stroke-width: 4; paint-order: stroke; }
form p { margin: 0.75rem 0; }
label { font-weight: 600; }
textarea { display: block; width: 100%; margin-top: 0.25rem; padding: 0.5rem; resize: vertical; color: inherit;
  background: var(--paper); border: 1px solid var(--faint); border-radius: 6px; }
.help { color: var(--faint); }
button, select, input { font: inherit; }
button { padding: 0.4rem 1.5rem; color: var(--paper); background: var(--ink); border: 0; border-radius: 6px; }
button { cursor: pointer; }
input[type='file'] { max-width: 100%; }
dt { margin-top: 0.5rem; }
@media print {
  header, footer, form, button, .skip, .actions, .marked, #status { display: none; }
  .timeline, .relations { max-width: 100%; height: auto; }
  pre { white-space: pre-wrap; }
}
`

/** Two bars in one lane, the second cutting the first short. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="6" fill="#1d2125"/>
<path d="M4 9h12v14H4z" fill="#b3261e"/><path d="M18 9h10v14H18z" fill="#7fd598"/></svg>
`
