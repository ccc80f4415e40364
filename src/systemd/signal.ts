/** Signals by name and number: src/basic/signal-util.c, for Linux on x86 and arm. */

const NAMES = [
  'HUP',
  'INT',
  'QUIT',
  'ILL',
  'TRAP',
  'ABRT',
  'BUS',
  'FPE',
  'KILL',
  'USR1',
  'SEGV',
  'USR2',
  'PIPE',
  'ALRM',
  'TERM',
  'STKFLT',
  'CHLD',
  'CONT',
  'STOP',
  'TSTP',
  'TTIN',
  'TTOU',
  'URG',
  'XCPU',
  'XFSZ',
  'VTALRM',
  'PROF',
  'WINCH',
  'IO',
  'PWR',
  'SYS',
] as const

const SIGRTMIN = 34
const SIGRTMAX = 64

const NUMBERS: ReadonlyMap<string, number> = new Map(NAMES.map((name, index) => [name, index + 1]))

/** Mirrors signal_from_string(): `SIGTERM`, `TERM`, `15`, `RTMIN+3`. Null if it is none. */
export function signalFromString(text: string): number | null {
  if (/^\d{1,3}$/.test(text)) {
    const number = Number(text)
    return number >= 1 && number <= SIGRTMAX ? number : null
  }
  const bare = text.startsWith('SIG') ? text.slice('SIG'.length) : text
  const named = NUMBERS.get(bare)
  if (named !== undefined) return named
  const realtime = /^(RTMIN|RTMAX)([+-]\d{1,2})?$/.exec(bare)
  return realtime === null ? null : realtimeSignal(realtime[1] ?? '', realtime[2] ?? '')
}

function realtimeSignal(base: string, offset: string): number | null {
  const delta = offset === '' ? 0 : Number(offset)
  if (base === 'RTMIN' && delta < 0) return null
  if (base === 'RTMAX' && delta > 0) return null
  const number = (base === 'RTMIN' ? SIGRTMIN : SIGRTMAX) + delta
  return number >= SIGRTMIN && number <= SIGRTMAX ? number : null
}

/** Mirrors signal_to_string(), with `SIG` in front: the form that the rest of this program keeps. */
export function signalName(number: number): string {
  const name = NAMES[number - 1]
  if (name !== undefined) return `SIG${name}`
  return `SIGRTMIN+${number - SIGRTMIN}`
}

/** The name of a signal however it was written; null if it is none. */
export function parseSignal(text: string): string | null {
  const number = signalFromString(text)
  return number === null ? null : signalName(number)
}
