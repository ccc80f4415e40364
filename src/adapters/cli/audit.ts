/** `whyjob audit`: unit files in, before any incident; what could cancel their jobs out. */

import { audit as audited } from '../../remedy/audit.ts'
import { findingReport, findingsJson, NOTHING_FOUND } from '../../render/audit.ts'
import { toSarif } from '../../render/sarif.ts'
import { toText } from '../../render/text.ts'
import { ANSWERED, paint, print, readAll, Usage, width } from './io.ts'

export interface Flags {
  readonly command?: string
  readonly systemd?: number
  readonly json?: true
  readonly sarif?: true
}

export async function audit(names: readonly string[], { json, sarif, ...options }: Flags): Promise<number> {
  const findings = audited(await readAll(names), options)
  if (findings === null) throw new Usage('There is no unit file among these.')
  if (sarif) await print(toSarif(findings))
  else if (json) await print(findingsJson(findings))
  else {
    const reports = findings.length === 0 ? [NOTHING_FOUND] : findings.map(findingReport)
    await print(reports.map((one) => toText(one, { width: width(), paint })).join('\n'))
  }
  return ANSWERED
}
