/** `systemd 252 (252.39-1~deb12u1)` and the line of features below it, wherever `--version` was asked. */

import { note, type Parser, take } from './desk.ts'
import { indentOf } from './page.ts'

const SOURCE = 'systemctl --version'
const SAID = /^\s*(?:[Ss]ystemd:?|systemctl|[Ss]ystemd version:?)\s+v?(\d{3})(?:[.~\s]|$)(?:\(?v?([\w.~+:-]{3,80})\)?)?/
const PACKAGE = /^\s*(?:ii\s+)?systemd[\s-]+(?:\d:)?(\d{3})([.~-][\w.~+:-]{1,80})(?:\s|$)/
const FEATURES = /^\s*[+-]PAM [+-]AUDIT /

export const version: Parser = {
  source: SOURCE,
  begins: 'sSi+-',
  recognizes: (desk, at) => {
    const { text } = desk.lines[at]!
    return text.length < 2000 && (SAID.test(text) || PACKAGE.test(text) || FEATURES.test(text))
  },
  parse: (desk, at) => {
    const line = desk.lines[at]!
    const match = SAID.exec(line.text) ?? PACKAGE.exec(line.text)
    if (match) {
      const since = Number(match[1])
      if (since < 200 || since > 399) return at
      const distribution = match[2] ?? null
      const common = { kind: 'version' as const, source: SOURCE, certainty: 1, said: true, distribution }
      note(desk, { ...common, since, until: since }, line, indentOf(line.text))
    }
    return take(desk, SOURCE, at, at + 1)
  },
}
