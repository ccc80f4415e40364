/** A rule as a report: what its page and `whyjob explain` say. Words in {braces} stand for what a paste fills in. */

import type { AskTemplate, RemedyTemplate, Rule } from '../hypotheses/rule.ts'
import { CAUSE_WORDS } from './causes.table.ts'
import { type Block, type Report, riskBlock } from './report.ts'

export function ruleReport(rule: Rule): Report {
  return {
    kind: 'rule',
    title: rule.slug.replaceAll('-', ' '),
    codes: [rule.code],
    blocks: [
      { kind: 'text', text: rule.what },
      { kind: 'text', text: rule.why },
      { kind: 'text', text: rule.next },
      ...rule.remedies.flatMap(remedy),
      ...asks(rule.ask),
      { kind: 'heading', text: 'Where it comes from' },
      { kind: 'list', items: sources(rule) },
    ],
  }
}

function remedy({ title, why, risk, dropIn, commands = [] }: RemedyTemplate): Block[] {
  const blocks: Block[] = [
    { kind: 'heading', text: title },
    { kind: 'text', text: why },
  ]
  if (dropIn !== undefined) blocks.push({ kind: 'code', caption: `${dropIn.unit}.d/*.conf`, text: dropIn.text })
  if (commands.length > 0) blocks.push({ kind: 'commands', lines: commands })
  return [...blocks, riskBlock(risk, commands)]
}

const asks = (templates: readonly AskTemplate[]): Block[] =>
  templates.map(({ command, because }) => ({
    kind: 'hint',
    text: `paste what this prints. ${because}`,
    commands: command.split('; '),
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
