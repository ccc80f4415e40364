/** A unit file with some of its settings replaced: for what no drop-in can take back. */

/** `null` drops the setting; a value `Key=` renames it and keeps what it says. Null if nothing was there to replace. */
export function editUnit(text: string, replace: { readonly [setting: string]: string | null }): string | null {
  let touched = false
  const lines = text.split('\n').flatMap((line) => {
    const equals = line.indexOf('=')
    const key = equals < 0 ? '' : line.slice(0, equals).trim()
    const change = replace[key]
    if (change === undefined) return [line]
    touched = true
    if (change === null) return []
    return [change.endsWith('=') ? `${change}${line.slice(equals + 1).trim()}` : `${key}=${change}`]
  })
  return touched ? lines.join('\n') : null
}
