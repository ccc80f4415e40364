/** Confidence against being right, as a picture: of answers given at 0.8, eight in ten should be right. */

import type { Grade } from './grade.ts'

interface Bin {
  readonly from: number
  readonly to: number
  readonly count: number
  readonly meanConfidence: number
  readonly right: number
}

const EDGES = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]

/** Answers in ten bins by their confidence; what has no answer has none to be right about. */
export function binsOf(grades: readonly Grade[]): Bin[] {
  return EDGES.slice(0, -1).flatMap((from, i) => {
    const to = EDGES[i + 1] as number
    const own = grades.filter(({ answer: { confidence } }) => confidence > from && confidence <= to)
    if (own.length === 0) return []
    const mean = own.reduce((sum, { answer }) => sum + answer.confidence, 0) / own.length
    return [
      { from, to, count: own.length, meanConfidence: mean, right: own.filter((g) => g.first).length / own.length },
    ]
  })
}

/** The mean distance of the two, weighed by how many answers a bin has. */
export function calibrationError(bins: readonly Bin[]): number {
  const all = bins.reduce((sum, { count }) => sum + count, 0)
  return bins.reduce((sum, bin) => sum + (bin.count / all) * Math.abs(bin.meanConfidence - bin.right), 0)
}

const SIZE = 360
const MARGIN = 48
const x = (value: number) => Math.round(MARGIN + value * SIZE)
const y = (value: number) => Math.round(MARGIN / 2 + (1 - value) * SIZE)

export function calibrationSvg(
  series: readonly { readonly name: string; readonly grades: readonly Grade[] }[],
): string {
  const drawn = series.map(({ name, grades }, i) => drawSeries(name, binsOf(grades), i))
  const [width, height] = [SIZE + MARGIN * 2 + 250, SIZE + MARGIN * 2]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}"`,
    ` viewBox="0 0 ${width} ${height}">`,
    '<title>Calibration: confidence of the answers against the share of them that is right</title>',
    '<style>text{font:12px sans-serif;fill:#333}.axis{stroke:#999;fill:none}.ideal{stroke:#bbb;stroke-dasharray:4}',
    '.s0{stroke:#0b6bcb;fill:#0b6bcb}.s1{stroke:#d9480f;fill:#d9480f}text.s0,text.s1{stroke:none}</style>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<path class="axis" d="M${x(0)} ${y(1)}V${y(0)}H${x(1)}"/>`,
    `<path class="ideal" d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}"/>`,
    ...[0, 0.2, 0.4, 0.6, 0.8, 1].flatMap((tick) => [
      `<text x="${x(tick) - 8}" y="${y(0) + 18}">${tick}</text>`,
      `<text x="${x(0) - 28}" y="${y(tick) + 4}">${tick}</text>`,
    ]),
    `<text x="${x(0.32)}" y="${y(0) + 40}">confidence of the answer</text>`,
    `<text transform="translate(${x(0) - 36} ${y(0.3)}) rotate(-90)">share that is right</text>`,
    ...drawn,
    '</svg>',
    '',
  ].join('\n')
}

/** A dot for each bin, as large as it has answers. */
function drawSeries(name: string, bins: readonly Bin[], index: number): string {
  const most = Math.max(1, ...bins.map(({ count }) => count))
  const dots = bins.map(({ meanConfidence, right, count }) => {
    const radius = (3 + 9 * Math.sqrt(count / most)).toFixed(1)
    const title = `${count} answers, mean confidence ${meanConfidence.toFixed(3)}, right ${right.toFixed(3)}`
    const at = `cx="${x(meanConfidence)}" cy="${y(right)}"`
    return `<circle class="s${index}" ${at} r="${radius}" fill-opacity="0.6"><title>${title}</title></circle>`
  })
  const answers = bins.reduce((sum, { count }) => sum + count, 0)
  const legend = `${name}: ${answers} answers, off by ${calibrationError(bins).toFixed(3)}`
  return [...dots, `<text class="s${index}" x="${x(1) + 12}" y="${y(0.9) + 20 * index}">${legend}</text>`].join('\n')
}
