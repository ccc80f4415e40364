/** The files on Node, whose bundle has them inside. */

import { fontOf } from '../render/canvas.ts'
import glyphs from '../render/glyphs.json' with { type: 'json' }
import { CATALOG } from './catalog.ts'
import type { Files } from './files.ts'
import openapi from './http/openapi.json' with { type: 'json' }
import type { OpenApi } from './http/openapi.ts'
import { recorder } from './recorder.ts'

export const FONT = fontOf(glyphs)

export const OWN: Files = {
  tables: async () => {},
  catalog: async () => CATALOG,
  openapi: async () => openapi as OpenApi,
  font: async () => FONT,
  recorder: async () => recorder(),
}
