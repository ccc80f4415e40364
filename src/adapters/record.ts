/** What the flight recorder watches, and for how long. Its script is next door. */

export interface Watch {
  readonly unit: string
  readonly seconds: number
  /** Raises the manager's log level meanwhile. */
  readonly debug?: boolean
}

export const WATCH_SECONDS = 600
export const MAX_WATCH_SECONDS = 86_400

/** Where the script takes its arguments. */
export const ARGUMENTS = `unit=\${1-}`

/** With a unit it is ready to be piped into sh; without, it takes its arguments. */
export function recordScript(recorder: string, watch?: Watch): string {
  if (watch === undefined) return recorder
  const words = [`'${watch.unit}'`, watch.seconds, ...(watch.debug ? ['debug'] : [])]
  return recorder.replace(ARGUMENTS, () => `set -- ${words.join(' ')}\n${ARGUMENTS}`)
}
