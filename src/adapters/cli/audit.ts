/** `whyjob audit`: unit files in, before any incident; what could cancel their jobs out. */

import { audit as audited } from '../../remedy/audit.ts'
import { auditJson, auditReports } from '../../render/audit.ts'
import { toSarif } from '../../render/sarif.ts'
import { toText } from '../../render/text.ts'
import { ANSWERED, NOT_DETERMINED, paint, print, readAll, Usage, width } from './io.ts'
import { rulesWith } from './rules.ts'

export interface Flags {
  readonly command?: string
  readonly systemd?: number
  readonly json?: true
  readonly sarif?: true
  readonly ignore?: readonly string[]
  readonly exitCode?: true
  /** A folder of rules to use as well. */
  readonly rules?: string
}

export async function audit(
  names: readonly string[],
  { json, sarif, exitCode, rules, ...options }: Flags,
): Promise<number> {
  const result = audited(await readAll(names), await rulesWith(rules), options)
  if (typeof result === 'string') throw new Usage(result)
  if (sarif) await print(toSarif(result))
  else if (json) await print(auditJson(result))
  else {
    const reports = auditReports(result)
    await print(reports.map((one) => toText(one, { width: width(), paint })).join('\n'))
  }
  return exitCode && result.findings.length > 0 ? NOT_DETERMINED : ANSWERED
}
