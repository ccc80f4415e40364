/** Written by scripts/font.ts, as glyphs.json is: DejaVu Sans Mono in four greys, as runs. */

export const GLYPH_WIDTH = 20
export const GLYPH_HEIGHT = 40
/** Printable ASCII, then these. */
export const MORE_GLYPHS = '…→'
export const RUN_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
