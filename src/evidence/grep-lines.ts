/** Lines of unit files that grep found: each has its file in front, and no section above it. */

import { PASSAGE_LINES } from '../limits.ts'
import { type Desk, type Parser, take } from './desk.ts'
import { isUnitKey } from './unit-file.ts'
import { inSections } from './unit-keys.ts'
import { noteUnitText } from './unit-text.ts'

const SOURCE = 'unit file'
const FOUND =
  /^(\/(?:[\w.@:\\-]{1,100}\/){2,12}[\w.@:\\-]{1,250}\.(?:[a-z]{4,9}|conf)):(?:\d{1,6}:)?([A-Z]\w{2,60}=.*)$/

interface Found {
  readonly path: string
  readonly setting: string
}

export const grepLines: Parser = {
  source: SOURCE,
  begins: '/',
  recognizes: (desk, at) => foundAt(desk, at) !== null,
  parse: (desk, at) => {
    const { path } = foundAt(desk, at)!
    const settings: string[] = []
    while (settings.length < PASSAGE_LINES) {
      const found = foundAt(desk, at + settings.length)
      if (found?.path !== path) break
      settings.push(found.setting)
    }
    const next = at + settings.length
    const { text, lineOf } = inSections(settings)
    const noted = noteUnitText(desk, at, next, { path, unit: null, origin: 'file', whole: false, text, lineOf })
    return noted ? take(desk, SOURCE, at, next) : at
  },
}

function foundAt({ lines }: Desk, at: number): Found | null {
  const text = lines[at]?.text ?? ''
  if (text.length > 2000) return null
  const [, path, setting = ''] = FOUND.exec(text) ?? []
  if (path === undefined || !path.includes('/systemd/') || !isUnitKey(setting)) return null
  return { path, setting }
}
