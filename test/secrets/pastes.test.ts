// Whole pastes in which people forget something, written down before the patterns had seen them: by the place that it
// is forgotten in, by the daemon that is given it, by the tool that prints it. Between « and » stands what must not
// leave, between ‹ and › what has to stay; `% kind` begins a paste, `{a36}` are 36 characters that a seed chooses:
// letters and digits, or what ALPHABETS says.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { masked } from '../../src/adapters/masked.ts'
import { word } from './samples.ts'

const MISSED: readonly string[] = [
  'cbdefghi-jklnrtuv-cbdefghi-jklnrtuv-cbdefghi-jklnrtuv-cbdefghi-jklnrtuv',
  // Hexadecimal digits without a name are ids of boots, disks, commits and containers.
  '0/{h32}',
  '{h8}-{h4}-4{h3}-a{h3}-{h12}',
  // Too short to be told from a name.
  '{a22}',
  '{h14}',
  // Only who knows the command, or what the sentence is about, can tell.
  ...['sw-core-1', 'lobster trap', 'UBU-APP3$', 'hmeier2', 'h.meier@uni-beispiel.example', 'quokka', 'RMANDB'],
  ...['backup@pbs!hof', 'Sild_og_l0k', 'node-wald-3', 'blossom.example', 'dolomit-dolomit', 'travertin', 'kari'],
  ...[
    'testing-secret',
    'tacacs-nøkkel',
    'runner-nord-1',
    '{h8}:{h8}',
    'nisse-luva',
    'mqtt_sens',
    'netadm',
    'jasper',
    'TigerEye',
  ],
  ...['rc4tpw', 'hr_pw_9', 'nordlicht_srv', 'elchsalami5', 'lodge-ws', 'srv-stein-07'],
  ...[
    'ulrike.stein@steinbruch.example',
    'runner-blue-4',
    'ring nebula',
    'hubuser1',
    'kite-02',
    'fenrir',
    'host-lofn',
    'Citronnelle',
  ],
]

const SMALL = 'abcdefghijklmnopqrstuvwxyz'
const DIGITS = '0123456789'
const ALPHABETS: Readonly<Record<string, string>> = {
  a: `${SMALL}${SMALL.toUpperCase()}${DIGITS}`,
  A: `${SMALL.toUpperCase()}234567`,
  b: `${SMALL}${SMALL.toUpperCase()}${DIGITS}+/`,
  d: DIGITS,
  h: `${DIGITS}abcdef`,
  l: `${SMALL}${DIGITS}`,
  u: `${SMALL}${SMALL.toUpperCase()}${DIGITS}_-`,
}

const TOKEN = /\[[A-Za-z -]+-\d+\]/g
const MORE = [
  'by-habit.pastes',
  'by-identity.pastes',
  'by-format.pastes',
  'by-machine.pastes',
  'by-incident.pastes',
  'by-service.pastes',
  'by-trade.pastes',
  'by-spot.pastes',
  'by-machine-room.pastes',
  'by-desk.pastes',
  'by-shift.pastes',
  'by-visit.pastes',
  'by-flock.pastes',
  'by-marsh.pastes',
  'by-den.pastes',
  'by-line.pastes',
  'by-report.pastes',
  'by-meadow.pastes',
  'by-shore.pastes',
  'by-wharf.pastes',
]
const KEPT = new RegExp(
  String.raw`[\w@\\-]+\.(?:service|socket|timer|mount|target|scope|slice|path|device|automount|swap)\b|` +
    String.raw`(?<![\w:/@.=-])/(?:usr|etc|srv|var|opt|home|mnt|bin|root|run|lib|tmp)/[\w./-]+|` +
    String.raw`\b\d\d:\d\d:\d\d\b|\d{4}-\d\d-\d\d`,
  'g',
)

function expand(text: string): string {
  let seed = 7
  return text.replace(/\{([aAbdhlu])(\d+)\}/g, (_, alphabet, length) =>
    word(seed++, Number(length), ALPHABETS[alphabet]),
  )
}

const times = (text: string, part: string) => text.split(part).length - 1

/** Whether the secret, or a word of it that stands nowhere else, is left. */
function isLeft(secret: string, around: string, left: string): boolean {
  const parts = [secret, ...secret.split(/[^A-Za-z0-9]+/)].filter((part) => part.length >= 4 && !around.includes(part))
  if (parts.length > 0) return parts.some((part) => left.includes(part))
  return times(left, secret) > times(around, secret)
}

describe.each(['by-place.pastes', 'by-daemon.pastes', 'by-tool.pastes', 'by-log.pastes', ...MORE])('%s', (name) => {
  const pastes = readFileSync(join(import.meta.dirname, name), 'utf8').split(/^(?=% )/m)

  test.each(pastes.map((paste, i) => [i + 1, paste] as const))('%i: %s', (_, paste) => {
    const written = paste.slice(paste.indexOf('\n') + 1)
    const text = expand(written)
    const around = text.replace(/«[^»]*»/g, '\u0001').replace(/[‹›]/g, '')
    const left = masked(text.replace(/[«»‹›]/g, '')).text.replace(TOKEN, '[]')
    const missed = [...written.matchAll(/«([^»]*)»/g)].map(([, one = '']) => MISSED.includes(one))
    const secrets = [...text.matchAll(/«([^»]*)»/g)].map(([, one = '']) => one)
    expect(secrets.filter((one, i) => !missed[i] && isLeft(one, around, left))).toEqual([])
    const kept = [...text.matchAll(/‹([^›]*)›/g)].map(([, one = '']) => one)
    expect([...kept, ...(around.match(KEPT) ?? [])].filter((one) => !left.includes(one))).toEqual([])
  })
})
