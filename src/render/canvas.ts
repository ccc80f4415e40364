/** Pixels with a palette, and what is drawn on them: rectangles and letters. Small enough for a Worker. */

import { GLYPH_HEIGHT, GLYPH_WIDTH, MORE_GLYPHS, RUN_DIGITS } from './glyphs.ts'

/** Red, green and blue in one number, as in `0xc01c28`. */
export type Colour = number

export interface Pixels {
  readonly width: number
  readonly height: number
  /** At most 256 colours; a pixel is an index into them. */
  readonly palette: readonly Colour[]
  readonly indexes: Uint8Array
}

/** By letter, how dark each of its pixels is. */
export type Font = readonly Uint8Array[]

const LEVELS = 3

export class Canvas implements Pixels {
  readonly width: number
  readonly height: number
  readonly palette: Colour[]
  readonly indexes: Uint8Array
  readonly #known: Map<Colour, number>
  readonly #font: Font

  constructor(width: number, height: number, background: Colour, font: Font) {
    this.width = width
    this.height = height
    this.palette = [background]
    this.indexes = new Uint8Array(width * height)
    this.#known = new Map([[background, 0]])
    this.#font = font
  }

  fill(x: number, y: number, width: number, height: number, colour: Colour): void {
    const index = this.#indexOf(colour)
    const [left, right] = [Math.max(0, x), Math.min(this.width, x + width)]
    for (let row = Math.max(0, y); row < Math.min(this.height, y + height); row++) {
      if (left < right) this.indexes.fill(index, row * this.width + left, row * this.width + right)
    }
  }

  /** Filled, with a border inside of it. */
  box(x: number, y: number, width: number, height: number, colours: { readonly fill: Colour; readonly edge: Colour }) {
    this.fill(x, y, width, height, colours.edge)
    this.fill(x + EDGE, y + EDGE, width - 2 * EDGE, height - 2 * EDGE, colours.fill)
  }

  /** The top left corner is given; what there is no letter for becomes a question mark. */
  text(x: number, y: number, text: string, colour: Colour): void {
    for (const [i, character] of [...text].entries())
      this.#glyph(x + i * GLYPH_WIDTH, y, this.#font[glyphOf(character)]!, colour)
  }

  #glyph(x: number, y: number, levels: Uint8Array, colour: Colour): void {
    if (x < 0 || y < 0 || x + GLYPH_WIDTH > this.width || y + GLYPH_HEIGHT > this.height) return
    for (const [i, level] of levels.entries()) {
      if (level === 0) continue
      const at = (y + Math.floor(i / GLYPH_WIDTH)) * this.width + x + (i % GLYPH_WIDTH)
      const below = this.palette[this.indexes[at]!]!
      this.indexes[at] = this.#indexOf(mixed(below, colour, level / LEVELS))
    }
  }

  /** A colour too many becomes the background: letters over letters cannot be read anyhow. */
  #indexOf(colour: Colour): number {
    const known = this.#known.get(colour)
    if (known !== undefined) return known
    if (this.palette.length === 256) return 0
    this.palette.push(colour)
    this.#known.set(colour, this.palette.length - 1)
    return this.palette.length - 1
  }
}

const EDGE = 3

function mixed(below: Colour, above: Colour, share: number): Colour {
  const part = (shift: number) => {
    const [from, to] = [(below >> shift) & 255, (above >> shift) & 255]
    return Math.round(from + (to - from) * share) << shift
  }
  return part(16) | part(8) | part(0)
}

function glyphOf(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code >= 32 && code < 127) return code - 32
  const more = MORE_GLYPHS.indexOf(character)
  return more < 0 ? '?'.charCodeAt(0) - 32 : 95 + more
}

const GLYPHS = 95 + MORE_GLYPHS.length

/** Lines of runs, as they are written; what does not fill every letter throws. */
export function fontOf(written: unknown): Font {
  if (!Array.isArray(written)) throw new Error('That is no font.')
  const size = GLYPH_WIDTH * GLYPH_HEIGHT
  const all = new Uint8Array(size * GLYPHS)
  let at = 0
  for (const digit of written.join('')) {
    const run = RUN_DIGITS.indexOf(digit)
    const end = at + (run & 15) + 1
    all.fill(run >> 4, at, end)
    at = end
  }
  if (at !== all.length) throw new Error('That is no font.')
  return Array.from({ length: GLYPHS }, (_, i) => all.subarray(i * size, (i + 1) * size))
}
