/** The files that are deployed beside the Worker: what it needs to answer, and need not load to start. */

import { catalogOf } from '../hypotheses/catalog-file.ts'
import type { Catalog } from '../hypotheses/rule.ts'
import { Problem } from './http/problem.ts'

export interface Assets {
  fetch(url: string): Promise<Response>
}

/** The host is nobody's: whatever is asked for is looked up by its path. */
const CATALOG_URL = 'https://assets.invalid/catalog.json'

/**
 * Read by the first who needs it, then kept. Requests that come meanwhile read it themselves, for what another request
 * waits for may never come.
 */
export function catalogReader(): (assets: Assets | undefined) => Promise<Catalog> {
  let catalog: Catalog | undefined
  return async (assets) => {
    catalog ??= await read(assets)
    return catalog
  }
}

/** Without its rules nothing is answered: every paste would look as if there was nothing to it. */
async function read(assets: Assets | undefined): Promise<Catalog> {
  const response = await assets?.fetch(CATALOG_URL).catch(() => undefined)
  try {
    return catalogOf(response?.ok ? await response.json() : null)
  } catch {
    throw new Problem('no-rules', 'The file catalog.json is missing from this deployment, or is no catalog.')
  }
}
