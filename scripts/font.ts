/**
 * The letters of pictures → src/render/glyphs.json: DejaVu Sans Mono, whose license lets anyone use it in any form,
 * drawn by Chromium in four greys. Needs /usr/bin/chromium (or $CHROMIUM) and that font; what it writes is committed.
 */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const WIDTH = 20
const HEIGHT = 40
const BASE = 30
const FONT = '33px "DejaVu Sans Mono"'
const MORE = '…→'
const CHARACTERS = String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 32 + i)) + MORE
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Runs in the browser: four levels of ink, row by row, one character after the other. */
const DRAWING = `
  const canvas = Object.assign(document.createElement('canvas'), { width: ${WIDTH}, height: ${HEIGHT} })
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  pen.font = '${FONT}';
  [...${JSON.stringify(CHARACTERS)}].flatMap((character) => {
    pen.fillStyle = 'white'
    pen.fillRect(0, 0, ${WIDTH}, ${HEIGHT})
    pen.fillStyle = 'black'
    pen.fillText(character, 0, ${BASE})
    const { data } = pen.getImageData(0, 0, ${WIDTH}, ${HEIGHT})
    return Array.from({ length: ${WIDTH * HEIGHT} }, (_, i) => Math.round((255 - data[i * 4]) / 85))
  })`

const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args })
const page = await browser.newPage()
const levels = await page.evaluate<number[]>(DRAWING)
await browser.close()

/** A digit is a run: its level in the upper two bits, its length less one in the lower four. */
let runs = ''
for (let at = 0; at < levels.length; ) {
  let length = 1
  while (length < 16 && levels[at + length] === levels[at]) length++
  runs += DIGITS[(levels[at]! << 4) | (length - 1)]
  at += length
}

const render = join(import.meta.dirname, '../src/render')
writeFileSync(
  join(render, 'glyphs.json'),
  `${JSON.stringify(runs.match(/.{1,117}/g), null, 0).replaceAll(',', ',\n')}\n`,
)
writeFileSync(
  join(render, 'glyphs.ts'),
  `/** Written by scripts/font.ts, as glyphs.json is: DejaVu Sans Mono in four greys, as runs. */

export const GLYPH_WIDTH = ${WIDTH}
export const GLYPH_HEIGHT = ${HEIGHT}
/** Printable ASCII, then these. */
export const MORE_GLYPHS = '${MORE}'
export const RUN_DIGITS = '${DIGITS}'
`,
)
