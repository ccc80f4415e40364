/** Times: repeated, sorted, told as median and the 99th hundredth. */

export interface Measured {
  readonly medianMs: number
  readonly p99Ms: number
}

/** Runs it until `runs` times are there, after some that do not count. */
export function measure(work: () => void, runs: number, warmUp = Math.ceil(runs / 5)): Measured {
  for (let i = 0; i < warmUp; i++) work()
  const times: number[] = []
  for (let i = 0; i < runs; i++) {
    const began = performance.now()
    work()
    times.push(performance.now() - began)
  }
  times.sort((a, b) => a - b)
  return { medianMs: at(times, 0.5), p99Ms: at(times, 0.99) }
}

const at = (sorted: readonly number[], share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0

export const ms = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`

/** Columns, the first to the left and the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  const cell = (text: string, i: number) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0))
  return `${rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n')}\n`
}
