// The picture of a played story: a PNG that any reader takes, with words in it where there are colours.
import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FONT } from '../../../src/adapters/own-files.ts'
import { toPng } from '../../../src/adapters/png.ts'
import type { Pixels } from '../../../src/render/canvas.ts'
import { lanesInWords, phoneLanes } from '../../../src/render/phone-lanes.ts'

const STORY = [
  '0.0 nginx.service job start installed',
  '3.0 nginx.service job start canceled',
  '3.0 nginx.service job stop installed',
  '3.0 nginx.service job stop done',
  '3.0 client systemctl start nginx.service => 1 Job for nginx.service canceled.',
]

interface Chunk {
  readonly type: string
  readonly data: Buffer
}

function chunksOf(png: Uint8Array): Chunk[] {
  const bytes = Buffer.from(png)
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  const chunks: Chunk[] = []
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, at + 8 + length) })
    at += length + 12
  }
  return chunks
}

/** Each row without the byte that names its filter, which is none. */
function rowsOf({ width, height }: Pixels, data: Buffer): Buffer {
  const rows = inflateSync(data)
  expect(rows.length).toBe((width + 1) * height)
  return Buffer.concat(
    Array.from({ length: height }, (_, y) => {
      expect(rows[y * (width + 1)]).toBe(0)
      return rows.subarray(y * (width + 1) + 1, (y + 1) * (width + 1))
    }),
  )
}

test('is a PNG with the pixels that were drawn', async () => {
  const pixels = phoneLanes(STORY, FONT)!
  const [header, palette, data, end] = chunksOf(await toPng(pixels))
  expect([header!.data.readUInt32BE(0), header!.data.readUInt32BE(4)]).toEqual([pixels.width, pixels.height])
  expect(palette!.data.length).toBe(3 * pixels.palette.length)
  expect(rowsOf(pixels, data!.data).equals(Buffer.from(pixels.indexes))).toBe(true)
  expect([header, palette, data, end].map((chunk) => chunk?.type)).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND'])
})

test('is the same each time, and small', async () => {
  const [one, other] = await Promise.all([toPng(phoneLanes(STORY, FONT)!), toPng(phoneLanes(STORY, FONT)!)])
  expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true)
  expect(one.length).toBeLessThan(20_000)
})

test('shows a canceled job in its colours, and says so in words', () => {
  expect(phoneLanes(STORY, FONT)!.palette).toContain(0xc01c28)
  expect(
    phoneLanes(
      STORY.filter((line) => !line.includes('canceled')),
      FONT,
    )!.palette,
  ).not.toContain(0xc01c28)
  expect(lanesInWords(STORY)).toBe('Jobs by unit: nginx.service start canceled; nginx.service stop done.')
})

/** Relative luminance and contrast, as WCAG 2.2 defines them. */
function contrast(a: number, b: number): number {
  const luminance = (colour: number) =>
    [16, 8, 0]
      .map((shift) => ((colour >> shift) & 255) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i]!, 0)
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light! + 0.05) / (dark! + 0.05)
}

test('has letters that stand out from what is below them', () => {
  for (const [ink, paper] of [
    [0x1d1c1d, 0xfce1e1],
    [0xc01c28, 0xfce1e1],
    [0x1f7a45, 0xe0f2e6],
    [0x8a5a00, 0xfdeecb],
    [0x3a5ba0, 0xe4eaf7],
    [0x616061, 0xffffff],
  ] as const) {
    expect(contrast(ink, paper)).toBeGreaterThan(4.5)
  }
})

test('of no job there is none', () => {
  expect(phoneLanes([], FONT)).toBeNull()
  expect(phoneLanes(['0.0 client systemctl start x.service => 0'], FONT)).toBeNull()
})

test('any words are drawn, or left out', () => {
  const word = fc.string({ unit: 'binary', maxLength: 60 }).map((text) => text.replace(/\s/g, '_') || 'x')
  fc.assert(
    fc.property(word, word, fc.integer({ min: 1, max: 40 }), (who, output, n) => {
      const lines = Array.from({ length: n }, (_, i) => `${i}.0 ${who} job start ${i % 2 === 0 ? 'installed' : 'done'}`)
      const pixels = phoneLanes([...lines, `9.0 client systemctl => 1 ${output}`], FONT)
      expect(pixels === null || pixels.indexes.length === pixels.width * pixels.height).toBe(true)
    }),
    { numRuns: 50 },
  )
})
