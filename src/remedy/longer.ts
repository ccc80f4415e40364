/** A time limit that a remedy sets is beyond those that were too short already, by the unit's file or by its log. */

import type { Situation } from '../graph/assemble.ts'

const LIMIT = /^Timeout(Start|Stop)Sec=(\d{1,6})$/gm

/** The drop-in's text with such limits raised to twice as long, in whole minutes. */
export const longerThanBefore = (text: string, unit: string, s: Situation): string =>
  text.replace(LIMIT, (line, which: 'Start' | 'Stop', seconds: string) => {
    const waited = waitedUsec(which === 'Start' ? 'start' : 'stop', unit, s)
    const beforeUsec = Math.max(waited, limitUsec(which, unit, s))
    if (beforeUsec < Number(seconds) * USEC_PER_SEC) return line
    const minutes = Math.ceil((2 * beforeUsec) / USEC_PER_MINUTE)
    return `Timeout${which}Sec=${minutes * 60}`
  })

const USEC_PER_SEC = 1_000_000
const USEC_PER_MINUTE = 60 * USEC_PER_SEC

/** As its file has it; 0 where there is none, or no limit. */
function limitUsec(which: 'Start' | 'Stop', unit: string, s: Situation): number {
  const service = s.units.nodes.get(unit)?.config?.service
  const usec = service?.[`timeout${which}Usec`] ?? 0
  return Number.isFinite(usec) ? usec : 0
}

/** From `Starting …` to the first line that says that the time was up, the longest of them. */
function waitedUsec(type: 'start' | 'stop', unit: string, s: Situation): number {
  let longest = 0
  let since: number | null = null
  for (const fact of s.facts) {
    if (fact.kind === 'job-line' && fact.unit === unit && fact.phase === 'begin' && fact.type === type) {
      since = fact.at?.usec ?? null
    } else if (fact.kind === 'manager-line' && fact.unit === unit && since !== null && /timed-out/.test(fact.key)) {
      longest = Math.max(longest, (fact.at?.usec ?? since) - since)
      since = null
    }
  }
  return longest
}
