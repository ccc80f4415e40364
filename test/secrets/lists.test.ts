// What people forget in their pastes, written down without a look at the patterns: by what is run under systemd, by
// what logs and status pages show, by what tickets quote. Between « and » stands what must not leave; `\n` is a new
// line. What is known to be missed is listed here: nothing else may be, and no name of a unit, path or time is lost.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { masked } from '../../src/adapters/masked.ts'

const MISSED = [
  // Only who knows the command or the file can tell.
  ...['ovpnman1', 'qemu-secret-1', 'ubnt-x5', 'nut-pass', 'mc-secret-1', 'rclone-pw', 'poetry-pw', 'composer-pw'],
  ...['keyctl-pw', 'vault-str', 'doctl-tok', 'tw-auth-tok', 'ACaabbccddeeff00112233445566778899', 'dmlyc2gtc2VjcmV0'],
  ...['aBcDeFgHiJkLmNoPqRsTuV', '0a1b2c3d4e5f60718293a4b5c6d7e8f9', '6b 61 66 66 65 65 31 32 33', 'kvalue-1'],
  // Lines that belong together, and alphabets that are not looked for.
  ...['ovpn-echo', 'pass-insert1', 'cloudinit1', 'karl', 'czarny-kot', 'kot12345', 'mima8899'],
]

const TOKEN = /\[[A-Za-z -]+-\d+\]/g
const KEPT = new RegExp(
  String.raw`[\w@-]+\.(?:service|socket|timer|mount|target|scope|slice|path)\b|` +
    String.raw`(?<![\w:/@.=-])/(?:usr|etc|srv|var|opt|home|mnt|bin)/[\w./-]+|\b\d\d:\d\d:\d\d\b|\d{4}-\d\d-\d\d`,
  'g',
)

/** The secret, and each word of it that would tell something. */
const partsOf = (secret: string, around: string) =>
  [secret, ...secret.split(/[^A-Za-z0-9]+/).filter((part) => part.length >= 4)].filter((part) => !around.includes(part))

describe.each(['daemons.txt', 'logs.txt', 'tickets.txt'])('%s', (name) => {
  const rows = readFileSync(join(import.meta.dirname, name), 'utf8')
    .split('\n')
    .filter(Boolean)

  test.each(rows)('%s', (row) => {
    const text = row.replaceAll('\\n', '\n')
    const secrets = [...text.matchAll(/«([^»]*)»/g)].map(([, secret = '']) => secret)
    const around = text.replace(/«[^»]*»/g, '\u0001')
    const left = masked(text.replace(/[«»]/g, '')).text.replace(TOKEN, '')
    const told = secrets.filter((secret) => partsOf(secret, around).some((part) => left.includes(part)))
    expect(told.filter((secret) => !MISSED.includes(secret))).toEqual([])
    expect((around.match(KEPT) ?? []).filter((kept) => !left.includes(kept))).toEqual([])
  })
})
