/** Unit files → findings, as JSON, SARIF or text. */

import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { audit } from '../../remedy/audit.ts'
import { auditJson, auditReports } from '../../render/audit.ts'
import { toSarif } from '../../render/sarif.ts'
import { toText } from '../../render/text.ts'
import type { Bindings } from './limit.ts'
import type { Variables } from './log.ts'
import { Problem } from './problem.ts'
import { readAudit } from './request.ts'

export async function audited(c: Context<{ Bindings: Bindings; Variables: Variables }>): Promise<Response> {
  const { files, ...options } = await readAudit(c)
  const { rules } = await c.var.files.catalog()
  const result = audit(files, rules, options)
  if (typeof result === 'string') throw new Problem('no-units', result)
  c.header('Vary', 'Accept', { append: true })
  c.header('Cache-Control', 'no-store')
  const wanted = accepts(c, {
    header: 'Accept',
    supports: ['application/json', 'application/sarif+json', 'text/plain'],
    default: 'application/json',
  })
  switch (wanted) {
    case 'application/sarif+json':
      return c.body(toSarif(result), 200, { 'Content-Type': wanted })
    case 'text/plain':
      return c.text(
        auditReports(result)
          .map((one) => toText(one))
          .join('\n'),
      )
    default:
      return c.body(auditJson(result), 200, { 'Content-Type': 'application/json' })
  }
}
