/** What somebody who asks for help would paste of an incident: everything, or only a part of it. */

import { type Chance, chanceFor } from './chance.ts'
import type { Deed } from './incident.ts'
import type { Recording } from './play.ts'

export interface LabCase {
  readonly id: string
  readonly paste: string
  readonly minimal: string
  readonly journal: string
  readonly status: string
  readonly cause: string
  readonly also: readonly string[]
  readonly canceled: string | null
  readonly replacing: string | null
}

export function composeCase(recording: Recording): LabCase {
  const { scene, id } = recording
  const chance = chanceFor(`paste ${recording.seed} ${id}`)
  const terminal = new Terminal(recording)
  const complaint = complaintOf(recording, terminal)
  const colleague = scene.deeds.some(({ who }) => who === 'other')
    ? { title: 'in another terminal', text: terminal.session('other') }
    : null
  const journal = { title: 'the journal', text: terminal.taken('journal') }
  const status = { title: 'status', text: terminal.taken('status') }
  const files = { title: 'the unit files', text: terminal.taken('cat') }
  const rest = Object.keys(recording.answers.taken)
    .filter((name) => name.startsWith('/') || name.startsWith('extra '))
    .map((name) => ({ title: name.startsWith('/') ? 'the script' : 'and', text: terminal.taken(name) }))
  const all = [complaint, ...(colleague === null ? [] : [colleague]), journal, status, files, ...rest]
  const { cause, also = [], canceled, replacing } = scene.truth
  return {
    id,
    paste: bind(all, chance),
    minimal: `${complaint.text}\n\n${files.text}\n`,
    journal: journalText(recording),
    status: recording.answers.taken.status ?? '',
    cause,
    also,
    canceled,
    replacing,
  }
}

interface Piece {
  readonly title: string
  readonly text: string
}

function complaintOf({ scene, answers }: Recording, terminal: Terminal): Piece {
  if (scene.tool === undefined) return { title: 'what I did', text: terminal.session('asker') }
  const at = scene.deeds.findIndex(({ who }) => who === 'asker')
  const said = (answers.said[`deed ${at}`]?.output ?? '').trimEnd()
  const inJson = scene.tool.tool === 'ansible' ? `${said}\\n`.replaceAll('"', '\\"').replaceAll('\n', '\\n') : said
  return { title: 'what it printed', text: scene.tool.text.replace('OUTPUT', inJson) }
}

/** The sandbox lacks a controller that 262 asks for; no other machine says so. */
const SANDBOX = /Failed to read pids\.max for control group|Failed to set fd limit|pids\.max/

function journalText({ answers }: Recording): string {
  return (answers.taken.journal ?? '')
    .split('\n')
    .filter((line) => !SANDBOX.test(line))
    .join('\n')
}

class Terminal {
  readonly #recording: Recording

  constructor(recording: Recording) {
    this.#recording = recording
  }

  #prompt(who: Deed['who']): string {
    const { host, prompt, user } = this.#recording
    const name = who === 'other' ? 'anna' : user
    switch (prompt) {
      case 'root':
        return `root@${host}:~# `
      case 'bracket':
        return `[root@${host} ~]# `
      case 'user':
        return `${name}@${host}:~$ sudo `
      case 'own':
        return `${name}@${host}:~$ `
      case 'bare':
        return '# '
    }
  }

  /** A command and what it printed. */
  shown(command: string, output: string, who: Deed['who'] = 'asker'): string {
    return `${this.#prompt(who)}${command}\n${output}`.trimEnd()
  }

  /** Something that was asked afterwards. */
  taken(name: string): string {
    const { answers, shown } = this.#recording
    const text = name === 'journal' ? journalText(this.#recording) : (answers.taken[name] ?? '')
    return this.shown(shown[name] ?? name, text)
  }

  session(who: 'asker' | 'other'): string {
    const { answers, scene } = this.#recording
    let listed = ''
    const lines = scene.deeds.flatMap((deed, index) => {
      if (deed.who !== who) return []
      const output = answers.said[`deed ${index}`]?.output ?? ''
      if (deed.line.includes('list-jobs') && deed.shown === undefined) listed = output
      const number = numberIn(listed, scene.about.find((unit) => deed.line.includes(unit)) ?? '')
      return [this.shown((deed.shown ?? deed.line).replace('NUMBER', number), output, who)]
    })
    return lines.join('\n')
  }
}

function numberIn(list: string, unit: string): string {
  const row = list.split('\n').find((line) => line.includes(` ${unit} `))
  return row?.trim().split(/\s+/)[0] ?? '1'
}

/** As a terminal's whole text, in fences with a few words, or under headings; sometimes quoted or from Windows. */
function bind(pieces: readonly Piece[], chance: Chance): string {
  const way = chance.pick(['plain', 'plain', 'fenced', 'headings'])
  const texts = pieces.map(({ title, text }) => {
    if (way === 'plain') return text
    return way === 'fenced' ? `${title}:\n\n\`\`\`\n${text}\n\`\`\`` : `--- ${title} ---\n${text}`
  })
  const whole = `${texts.join('\n\n')}\n`
  const change = chance.pick(['none', 'none', 'none', 'none', 'none', 'none', 'quoted', 'windows'])
  if (change === 'quoted') return whole.replace(/^/gm, '> ')
  return change === 'windows' ? whole.replaceAll('\n', '\r\n') : whole
}
