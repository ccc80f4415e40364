/** The files that are deployed beside the Worker. */

import { catalogOf } from '../hypotheses/catalog-file.ts'
import { fontOf } from '../render/canvas.ts'
import type { Files } from './files.ts'
import type { OpenApi } from './http/openapi.ts'
import { Problem } from './http/problem.ts'
import { type Tables, useTables } from './tables.ts'

export interface Assets {
  fetch(url: string): Promise<Response>
}

/** The host is nobody's: whatever is asked for is looked up by its path. */
const HOST = 'https://assets.invalid'

/** Kept for as long as the isolate lives; where they come from is bound anew for each request. */
export function assetFiles(): (assets: Assets | undefined) => Files {
  const tables = kept('tables.json', tablesOf)
  const catalog = kept('catalog.json', catalogOf)
  const openapi = kept('api.json', openapiOf)
  const font = kept('glyphs.json', fontOf)
  const recorder = kept('recorder.json', textOf)
  return (assets) => ({
    tables: () => tables(assets).then(useTables),
    catalog: () => catalog(assets),
    openapi: () => openapi(assets),
    font: () => font(assets),
    recorder: () => recorder(assets),
  })
}

/**
 * Read by the first who needs it. Requests that come meanwhile read it themselves, for what another request waits for
 * may never come.
 */
function kept<T>(name: string, parse: (written: unknown) => T): (assets: Assets | undefined) => Promise<T> {
  let file: T | undefined
  return async (assets) => {
    const text = file === undefined ? await read(name, assets) : ''
    // Of many who come at once each has read it, and one makes something of it.
    file ??= parsed(name, text, parse)
    return file
  }
}

async function read(name: string, assets: Assets | undefined): Promise<string> {
  try {
    const response = await assets?.fetch(`${HOST}/${name}`)
    return response?.ok ? await response.text() : ''
  } catch {
    return ''
  }
}

/** Without it nothing is answered: where there are no rules, every paste would look as if there was nothing to it. */
function parsed<T>(name: string, text: string, parse: (written: unknown) => T): T {
  try {
    return parse(JSON.parse(text))
  } catch {
    throw new Problem('not-whole', `The file ${name} is missing from this deployment, or is not what it should be.`)
  }
}

function tablesOf(written: unknown): Tables {
  if (typeof written === 'object' && written !== null && 'systemd/versions' in written) return written as Tables
  throw new Error('Those are no tables.')
}

function openapiOf(written: unknown): OpenApi {
  if (typeof written === 'object' && written !== null && 'openapi' in written) return written as OpenApi
  throw new Error('That is no description of an API.')
}

function textOf(written: unknown): string {
  if (typeof written === 'string') return written
  throw new Error('That is no text.')
}
