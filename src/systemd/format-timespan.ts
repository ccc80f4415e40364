/** Spans of time as systemd prints them. Mirrors format_timespan(), src/basic/time-util.c (v255). */

const UNITS: readonly (readonly [string, number])[] = [
  ['y', 31_557_600_000_000],
  ['month', 2_629_800_000_000],
  ['w', 604_800_000_000],
  ['d', 86_400_000_000],
  ['h', 3_600_000_000],
  ['min', 60_000_000],
  ['s', 1_000_000],
  ['ms', 1_000],
  ['us', 1],
]
const USEC_PER_MINUTE = 60_000_000

/** `1min 30s`, `2s`, `1.500000s`; nothing smaller than the accuracy, which is a power of ten. */
export function formatTimespan(usec: number, accuracyUsec: number): string {
  if (!Number.isFinite(usec)) return 'infinity'
  if (usec <= 0) return '0'
  const words: string[] = []
  let left = usec
  for (const [suffix, size] of UNITS) {
    if (left <= 0 || (left < accuracyUsec && words.length > 0)) break
    if (left < size) continue
    const [whole, rest] = [Math.floor(left / size), left % size]
    const digits = Math.log10(size) - Math.log10(Math.max(accuracyUsec, 1))
    if (left < USEC_PER_MINUTE && rest > 0 && digits > 0) {
      const fraction = Math.floor(rest / Math.max(accuracyUsec, 1))
      words.push(`${whole}.${String(fraction).padStart(Math.round(digits), '0')}${suffix}`)
      break
    }
    words.push(`${whole}${suffix}`)
    left = rest
  }
  return words.length === 0 ? '0' : words.join(' ')
}
