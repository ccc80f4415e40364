/** Findings of an audit as a report each, and one sentence where there are none. */

import type { Audit, Finding } from '../remedy/finding.ts'
import { type Report, remedyBlocks } from './report.ts'

const NOTHING_FOUND: Report = {
  kind: 'rule',
  title: 'nothing found',
  codes: [],
  blocks: [
    {
      kind: 'text',
      text: 'No story was found in which a job of these units is canceled by what stands in their files.',
    },
  ],
}

/** The findings, or that there are none, and what was left out. */
export function auditReports({ findings, suppressed, unexplored }: Audit): readonly Report[] {
  return [
    ...(findings.length === 0 ? [NOTHING_FOUND] : findings.map(findingReport)),
    ...(suppressed.length === 0 ? [] : [ignored(suppressed)]),
    ...(unexplored.length === 0 ? [] : [leftOut(unexplored)]),
  ]
}

function ignored(suppressed: Audit['suppressed']): Report {
  const items = suppressed.map(({ code, type, unit, suppression: { why } }) => {
    const job = `${code}, the ${type} of ${unit}`
    return why === null ? job : `${job}: ${why}`
  })
  return { kind: 'rule', title: 'ignored', codes: [], blocks: [{ kind: 'list', items }] }
}

const SHOWN = 12

function leftOut(unexplored: readonly string[]): Report {
  const shown = unexplored.slice(0, SHOWN)
  const more = unexplored.length - shown.length
  return {
    kind: 'rule',
    title: 'not everything was tried',
    codes: [],
    blocks: [
      { kind: 'text', text: 'There is more to these units than one audit plays. Not, or not wholly, looked into:' },
      { kind: 'list', items: more > 0 ? [...shown, `and ${more} more`] : shown },
      { kind: 'text', text: 'Audit fewer files at a time, or one command.' },
    ],
  }
}

function findingReport({ code, unit, type, what, why, file, line, assumes, remedies, story }: Finding): Report {
  return {
    kind: 'rule',
    title: `the ${type} of ${unit} can be canceled`,
    codes: [code],
    blocks: [
      { kind: 'text', text: what },
      { kind: 'text', text: `${file}:${line}` },
      { kind: 'text', text: why },
      ...remedies.flatMap(remedyBlocks),
      ...(assumes.length === 0
        ? []
        : [
            { kind: 'heading' as const, text: 'Assumed' },
            { kind: 'list' as const, items: assumes },
          ]),
      { kind: 'fold', caption: 'The story and its trace, to replay with `whyjob check`', text: story, story: true },
    ],
  }
}

type AuditData = Pick<Audit, 'unexplored'> & { readonly findings: object[]; readonly suppressed: object[] }

/** As data. When a remedy helps is for sorting alone. */
export function auditData({ findings, suppressed, unexplored }: Audit): AuditData {
  return {
    unexplored,
    suppressed: suppressed.map(({ code, cause, unit, type, file, line, suppression: { why } }) => ({
      code,
      cause,
      unit,
      type,
      file,
      line,
      why,
    })),
    findings: findings.map(({ remedies, ...finding }) => ({
      ...finding,
      remedies: remedies.map(({ when: _, ...remedy }) => remedy),
    })),
  }
}

/** As the API and the command line print them. */
export function auditJson(audit: Audit): string {
  return `${JSON.stringify(auditData(audit), null, 2)}\n`
}
