/** A rule as a report: what its page and `whyjob explain` say. Words in capitals stand for what a paste fills in. */

import type { AskTemplate, RemedyTemplate, Rule } from '../hypotheses/rule.ts'
import { CAUSE_WORDS } from './causes.table.ts'
import { type Block, type Report, riskBlock } from './report.ts'
import { sentenceCase } from './words.ts'

type Words = (text: string) => string

export function ruleReport(rule: Rule): Report {
  const fill: Words = (text) =>
    text.replace(/\{([a-z][a-zA-Z0-9-]*)\}/g, (_, name: string) => rule.defaults?.[name] ?? name.toUpperCase())
  const say: Words = (text) => sentenceCase(fill(text))
  return {
    kind: 'rule',
    title: rule.slug.replaceAll('-', ' '),
    codes: [rule.code],
    blocks: [
      { kind: 'text', text: say(rule.what) },
      { kind: 'text', text: say(rule.why) },
      { kind: 'text', text: say(rule.next) },
      ...rule.remedies.flatMap((one) => remedy(one, say, fill)),
      ...asks(rule.ask, say, fill),
      { kind: 'heading', text: 'Where it comes from' },
      { kind: 'list', items: sources(rule) },
    ],
  }
}

function remedy({ title, why, risk, dropIn, commands = [] }: RemedyTemplate, say: Words, fill: Words): Block[] {
  const blocks: Block[] = [
    { kind: 'heading', text: say(title) },
    { kind: 'text', text: say(why) },
  ]
  if (dropIn !== undefined) {
    blocks.push({ kind: 'code', caption: `${fill(dropIn.unit)}.d/*.conf`, text: fill(dropIn.text) })
  }
  if (commands.length > 0) blocks.push({ kind: 'commands', lines: commands.map(fill) })
  return [...blocks, riskBlock(risk, commands)]
}

const asks = (templates: readonly AskTemplate[], say: Words, fill: Words): Block[] =>
  templates.map(({ command, because }) => ({
    kind: 'hint',
    text: `paste what this prints. ${say(because)}`,
    commands: fill(command).split('; '),
  }))

function sources({ cause, mirrors, since, until, references }: Rule): string[] {
  return [
    `Cause: \`${cause}\`, ${CAUSE_WORDS[cause]}.`,
    `systemd's source: ${mirrors}.`,
    `Releases: ${releases(since, until)}.`,
    ...references.map(({ page, section }) => `Manual: ${page}${section === undefined ? '' : `, ${section}`}.`),
  ]
}

function releases(since?: number, until?: number): string {
  if (since === undefined) return until === undefined ? 'all' : `up to systemd ${until}`
  return until === undefined ? `systemd ${since} and later` : `systemd ${since} to ${until}`
}
