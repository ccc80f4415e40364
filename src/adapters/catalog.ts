/** The catalog on Node, whose bundle has it inside. */

import written from '../hypotheses/catalog.json' with { type: 'json' }
import { catalogOf } from '../hypotheses/catalog-file.ts'

export const CATALOG = catalogOf(written)
export const { rules: RULES, glossary: GLOSSARY } = CATALOG
