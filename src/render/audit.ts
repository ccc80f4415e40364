/** Findings of an audit as a report each, and one sentence where there are none. */

import type { Finding } from '../remedy/finding.ts'
import { type Report, remedyBlocks } from './report.ts'

export const NOTHING_FOUND: Report = {
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

export function findingReport({ code, unit, type, what, why, file, line, assumes, remedies, story }: Finding): Report {
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

/** As data. When a remedy helps is for sorting alone. */
export function findingsOf(findings: readonly Finding[]): { readonly findings: readonly object[] } {
  return {
    findings: findings.map(({ remedies, ...finding }) => ({
      ...finding,
      remedies: remedies.map(({ when: _, ...remedy }) => remedy),
    })),
  }
}

/** As the API and the command line print them. */
export function findingsJson(findings: readonly Finding[]): string {
  return `${JSON.stringify(findingsOf(findings), null, 2)}\n`
}
