/** Settings that mean nothing to jobs. Their values are read all the same, for what systemd says of wrong ones. */

import { parseUnsigned } from './exit-status.ts'
import { complain, type KeyParser } from './load-fragment-draft.ts'
import { PLAIN } from './load-fragment-plain.table.ts'
import { bool, parseBoolean, path, sec, text, unsigned } from './load-fragment-values.ts'
import { ERRNO_TEXT } from './specifiers.ts'

const ignore = (): void => {}

/** Mirrors config_parse_tristate(): nothing is an answer, too. */
const tristate: KeyParser = (c, value) => {
  if (value === '' || parseBoolean(value) !== null) return
  complain(c, 'load-tristate', { key: c.key, value, error: ERRNO_TEXT.EINVAL })
}

/** A yes or no until it became a question with a third answer. */
const privateMounts: KeyParser = (c, value) => (c.features.privateMountsTristate ? tristate : bool(ignore))(c, value)

/** Mirrors config_parse_mode(): octal. */
const mode: KeyParser = (c, value) => {
  if (/^[0-7]{1,5}$/.test(value)) return
  complain(c, 'load-value', { what: 'mode value', key: c.key, value, error: ERRNO_TEXT.EINVAL })
}

/** Mirrors config_parse_int() and config_parse_long(). */
const integer =
  (what: string): KeyParser =>
  (c, value) => {
    const number = parseUnsigned(value.replace(/^-/, ''), 2 ** 31)
    if (typeof number !== 'number') complain(c, 'load-value', { what, key: c.key, value, error: ERRNO_TEXT[number] })
  }

const PARSERS: Readonly<Record<keyof typeof PLAIN, KeyParser>> = {
  bool: bool(ignore),
  tristate,
  text: text(ignore),
  sec: sec(ignore),
  unsigned: unsigned(ignore),
  mode,
  int: integer('int value'),
  long: integer('long value'),
  path: path(ignore),
}

export const PLAIN_KEYS: ReadonlyMap<string, KeyParser> = new Map<string, KeyParser>([
  ...Object.entries(PARSERS).flatMap(([kind, parser]) =>
    PLAIN[kind as keyof typeof PLAIN]
      .trim()
      .split(/\s+/)
      .map((key) => [key, parser] as const),
  ),
  ['PrivateMounts', privateMounts],
  ['RootVerity', path(ignore, true)],
])
