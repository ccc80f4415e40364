/** How tools say what a command's exit status was. */

const SAID = new RegExp(
  '(?:exit(?:ed)?(?: with)?(?: (?:code|status))?|returned(?: non-zero exit (?:code|status))?|' +
    '(?:exit|return) (?:code|status)|' +
    'status=|rc=|rc: |code )[:=]? ?(?:was )?["\']?(\\d{1,3})\\b',
  'i',
)

/** The status in a text; null if it names none. */
export function exitStatusIn(text: string): number | null {
  const match = SAID.exec(text)
  const status = match ? Number(match[1]) : -1
  return status >= 0 && status < 256 ? status : null
}
