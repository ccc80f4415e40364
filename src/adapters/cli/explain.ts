/** `whyjob explain`: a rule by its code or name, or one of systemd's words. */

import { toText } from '../../render/text.ts'
import { CATALOG } from '../catalog.ts'
import { explainable, explainedReports } from '../explain.ts'
import { ANSWERED, paint, print, Usage, width } from './io.ts'

export async function explain(words: readonly string[]): Promise<number> {
  const wanted = words.join(' ')
  const reports = explainedReports(wanted, CATALOG)
  if (reports.length === 0) throw new Usage(`'${wanted}' is not explained here. ${explainable(CATALOG)}`)
  await print(reports.map((one) => toText(one, { width: width(), paint })).join('\n'))
  return ANSWERED
}
