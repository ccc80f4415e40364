/** Pastes as nobody wrote them: lines and characters of real ones lost, doubled, swapped, mixed and garbled. */

import { type Chance, chanceFor } from './chance.ts'

type Mutation = (paste: string, chance: Chance, other: string) => string

const lines = (change: (all: string[], chance: Chance, other: string[]) => string[]): Mutation => {
  return (paste, chance, other) => change(paste.split('\n'), chance, other.split('\n')).join('\n')
}

const place = (chance: Chance, length: number) => chance.integer(0, Math.max(0, length - 1))

const STRANGE = [
  ...['\u0000', '\u001b[31m', '\u202e', '\ufffd', '\ud800', '\r', '\t', '…', '“', '”', '\u00a0', '🦊', '=', '"', '\\'],
  ...[
    '[Unit]\n',
    '[Service]\n',
    'Job for ',
    ' canceled.\n',
    '-- Reboot --\n',
    '● ',
    '-- timeline --\n',
    '$(',
    '{',
    '}',
    '$',
  ],
]

const MUTATIONS: readonly Mutation[] = [
  lines((all, chance) => all.filter(() => !chance.happens(0.15))),
  lines((all, chance) => all.flatMap((line) => (chance.happens(0.1) ? [line, line] : [line]))),
  lines((all, chance) => chance.shuffle(all)),
  lines((all, chance) => all.slice(place(chance, all.length))),
  lines((all, chance) => all.slice(0, place(chance, all.length) + 1)),
  lines((all, chance, other) => all.flatMap((line) => (chance.happens(0.2) ? [line, chance.pick(other)] : [line]))),
  lines((all, chance) => all.map((line) => (chance.happens(0.1) ? line.slice(0, place(chance, line.length)) : line))),
  lines((all, chance) => all.map((line) => (chance.happens(0.1) ? line.slice(place(chance, line.length)) : line))),
  lines((all) => all.map((line) => `> ${line}`)),
  lines((all) => [all.join(' ')]),
  (paste, chance, other) => `${paste}\n${other}`.slice(place(chance, paste.length)),
  (paste, chance) => swapUnits(paste, chance),
  (paste, chance) => paste.replace(/\d+/g, (digits) => (chance.happens(0.1) ? String(chance.integer(0, 1e9)) : digits)),
  (paste, chance) => sprinkle(paste, chance),
  (paste, chance) => paste.replaceAll('\n', chance.pick(['\r\n', '\r', '\n\n', '\u2028'])),
  (paste, chance) => paste.replace(/[A-Za-z]+=/g, (key) => (chance.happens(0.1) ? `${chance.pick(KEYS)}=` : key)),
]

const KEYS = [
  ...['BindsTo', 'Requires', 'Conflicts', 'PartOf', 'After', 'Before', 'Upholds', 'OnFailure', 'Restart', 'Type'],
  ...['ExecStart', 'ExecStop', 'Unit', 'OnCalendar', 'PathExists', 'ListenStream', 'RefuseManualStop', 'Where'],
]

/** Units change places: loops, conflicts with oneself, and triggers of triggers come of it. */
function swapUnits(paste: string, chance: Chance): string {
  const names = [...new Set(paste.match(/[\w@-]+\.(?:service|socket|timer|path|target|mount)/g) ?? [])]
  if (names.length === 0) return paste
  return paste.replace(/[\w@-]+\.(?:service|socket|timer|path|target|mount)/g, (name) =>
    chance.happens(0.2) ? chance.pick(names) : name,
  )
}

function sprinkle(paste: string, chance: Chance): string {
  let text = paste
  for (let i = chance.integer(1, 20); i > 0; i--) {
    const at = place(chance, text.length)
    text = text.slice(0, at) + chance.pick(STRANGE) + text.slice(at + chance.integer(0, 3))
  }
  return text
}

/** One to four changes; the same seed makes the same paste. */
export function mutated(pastes: readonly string[], seed: string): string {
  const chance = chanceFor(`mutate ${seed}`)
  let paste = chance.pick(pastes)
  for (let i = chance.integer(1, 4); i > 0; i--) paste = chance.pick(MUTATIONS)(paste, chance, chance.pick(pastes))
  return paste
}
