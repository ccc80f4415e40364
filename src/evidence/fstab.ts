/** Lines of /etc/fstab, which systemd-fstab-generator makes mount and automount units of. */

import { type Desk, note, type Parser, take } from './desk.ts'
import { indentOf } from './page.ts'

const SOURCE = 'fstab'
const LINE = new RegExp(
  [
    String.raw`^\s*((?:UUID|LABEL|PARTUUID|PARTLABEL|ID)=\S{1,200}|\/\S{1,300}|`,
    String.raw`[\w.-]{1,100}:\/?\S{0,200}|tmpfs|none|proc|sysfs|overlay)\s+(\/\S{0,300}|`,
    String.raw`none|swap)\s+([a-z][\w.,-]{1,40})\s+([\w=.,:/@+%"-]{1,1000})(?:\s+\d+)?(?:\s+\d+)?$`,
  ].join(''),
)

export const fstab: Parser = {
  source: SOURCE,
  begins: 'ULPI/nthpso',
  recognizes: (desk, at) => isLine(desk, at),
  parse: (desk, at) => {
    const line = desk.lines[at]!
    const [, what = '', where = '', fsType = '', options = ''] = LINE.exec(line.text)!
    const entry = { what, where, fsType, options: options.split(',') }
    note(desk, { kind: 'fstab-line', source: SOURCE, certainty: 0.9, ...entry }, line, indentOf(line.text))
    return take(desk, SOURCE, at, at + 1)
  },
}

function isLine(desk: Desk, at: number): boolean {
  const { text } = desk.lines[at]!
  return text.length < 1500 && LINE.test(text)
}

/** `# /etc/fstab` and the comments that installers leave in it. */
export const fstabHeader: Parser = {
  source: SOURCE,
  begins: '#',
  recognizes: (desk, at) => /^\s*# \/etc\/fstab\b/.test(desk.lines[at]!.text),
  parse: (desk, at) => take(desk, SOURCE, at, at + 1),
}
