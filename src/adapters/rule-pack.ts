/** Rules that whoever deploys an edge has beside whyjob's own, in a KV namespace: read once by each isolate. */

import type { Catalog, Rule } from '../hypotheses/rule.ts'
import { Problem } from './http/problem.ts'

/** As much of KV as is used here. */
export interface RulePack {
  get(key: string, type: 'json'): Promise<unknown>
}

const KEY = 'pack'

/** The catalog with the pack in it, from the second request on as it was at the first. */
export function withPack(): (catalog: Catalog, pack: RulePack | undefined) => Promise<Catalog> {
  let whole: Catalog | undefined
  return async (catalog, pack) => {
    if (pack === undefined) return catalog
    whole ??= { ...catalog, rules: [...catalog.rules, ...rulesOf(await pack.get(KEY, 'json').catch(() => null))] }
    return whole
  }
}

/** Without its pack an edge would answer, and not as whoever made the pack expects. */
function rulesOf(written: unknown): readonly Rule[] {
  const { rules } = (written ?? {}) as { readonly rules?: unknown }
  if (Array.isArray(rules) && rules.length > 0 && rules.every(isRule)) return rules
  throw new Problem('not-whole', `RULE_PACK has no rules under the key ${KEY}: put there what \`whyjob rules\` prints.`)
}

/** They were checked when the pack was made; this tells a pack from anything else. */
const isRule = (one: unknown): one is Rule =>
  typeof one === 'object' && one !== null && 'code' in one && /^JC[7-9]\d\d$/.test(String(one.code)) && 'when' in one
