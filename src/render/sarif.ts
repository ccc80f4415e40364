/** Findings of an audit as SARIF 2.1.0, for code review and CI. */

import type { Audit, Finding } from '../remedy/finding.ts'
import { escaped } from './json.ts'

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json'

export function toSarif({ findings, suppressed, unexplored }: Audit): string {
  const codes = [...new Map([...findings, ...suppressed].map((finding) => [finding.code, finding])).values()]
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'whyjob',
            rules: codes.map(({ code, cause, why }) => ({ id: code, name: cause, fullDescription: { text: why } })),
          },
        },
        results: [
          ...findings.map(resultOf),
          ...suppressed.map(({ suppression: { kind, why }, ...finding }) => ({
            ...resultOf(finding),
            suppressions: [{ kind, ...(why !== null && { justification: why }) }],
          })),
        ],
        ...(unexplored.length === 0 ? {} : { invocations: [incomplete(unexplored)] }),
      },
    ],
  }
  return `${escaped(JSON.stringify(log, null, 2))}\n`
}

function incomplete(unexplored: readonly string[]) {
  const text = `Not, or not wholly, looked into: ${unexplored.join(', ')}.`
  return { executionSuccessful: true, toolExecutionNotifications: [{ level: 'note', message: { text } }] }
}

function resultOf({ code, what, file, line, story, remedies }: Finding) {
  const advice = remedies[0] ? ` Remedy, proven by replay: ${remedies[0].title}.` : ''
  return {
    ruleId: code,
    level: 'warning',
    message: { text: `${what}${advice}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: file }, region: { startLine: line } } }],
    properties: { story },
  }
}
