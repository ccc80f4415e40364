/** Unit files → findings, as JSON, SARIF or text. */

import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { audit } from '../../remedy/audit.ts'
import { findingReport, findingsJson, NOTHING_FOUND } from '../../render/audit.ts'
import { toSarif } from '../../render/sarif.ts'
import { toText } from '../../render/text.ts'
import { Problem } from './problem.ts'
import { readAudit } from './request.ts'

export async function audited(c: Context): Promise<Response> {
  const { files, ...options } = await readAudit(c)
  const findings = audit(files, options)
  if (findings === null) throw new Problem('no-units', 'There is no unit file among these.')
  c.header('Vary', 'Accept', { append: true })
  c.header('Cache-Control', 'no-store')
  const wanted = accepts(c, {
    header: 'Accept',
    supports: ['application/json', 'application/sarif+json', 'text/plain'],
    default: 'application/json',
  })
  switch (wanted) {
    case 'application/sarif+json':
      return c.body(toSarif(findings), 200, { 'Content-Type': wanted })
    case 'text/plain': {
      const reports = findings.length === 0 ? [NOTHING_FOUND] : findings.map(findingReport)
      return c.text(reports.map((one) => toText(one)).join('\n'))
    }
    default:
      return c.body(findingsJson(findings), 200, { 'Content-Type': 'application/json' })
  }
}
