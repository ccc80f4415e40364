/** One incident: made by its family, played on a real machine, and kept with all that the machine said. */

import { Cast, fileOf } from './cast.ts'
import { type Chance, chanceFor } from './chance.ts'
import { FAMILIES } from './families.ts'
import type { Deed, Family, LogLine, Scene } from './incident.ts'
import { type MachineFile, type MachinePlan, type MachineStep, runMachine, type Taken } from './machine.ts'
import { noiseFor } from './noise.ts'

export type Split = 'tune' | 'kept-back'

export interface Order {
  readonly family: string
  readonly version: number
  readonly variant: number
  readonly seed: string
}

export interface Recording extends Order {
  readonly id: string
  readonly split: Split
  readonly host: string
  readonly user: string
  readonly prompt: Prompt
  readonly journalFormat: JournalFormat
  readonly scene: Scene
  /** Each thing that was asked of the machine afterwards, as a user would type it. */
  readonly shown: Readonly<Record<string, string>>
  readonly answers: Taken
}

/** `sudo` stands before each command where an ordinary user sits, but for `own`: there the manager is the user's. */
export type Prompt = 'root' | 'bracket' | 'user' | 'bare' | 'own'
export type JournalFormat = 'short' | 'short-iso' | 'short-precise' | 'with-unit' | 'json' | 'short -x'

/** Nobody tunes rules on every other variant. */
export const splitOf = (variant: number): Split => (variant % 2 === 0 ? 'tune' : 'kept-back')

export const idOf = ({ family, version, variant }: Order) => `${family}-${version}-${variant}`

const UNIT_FOLDER = '/etc/systemd/system'
const USER_UNIT_FOLDER = '/etc/systemd/user'
const PROMPTS: readonly Prompt[] = ['root', 'root', 'bracket', 'user', 'user', 'bare']
const FORMATS: readonly JournalFormat[] = [
  ...(['short', 'short', 'short', 'short', 'short-iso', 'short-precise', 'with-unit'] as const),
  ...(['json', 'short -x'] as const),
]

export function familyOf(name: string): Family {
  const family = FAMILIES.find((one) => one.name === name)
  if (family === undefined) throw new Error(`no family is called ${name}`)
  return family
}

interface Staged {
  readonly cast: Cast
  readonly scene: Scene
  readonly prompt: Prompt
  readonly journalFormat: JournalFormat
  readonly shown: Readonly<Record<string, string>>
  readonly plan: MachinePlan
}

/** All of an incident but its playing: the same order is always the same incident. */
export function stage(order: Order): Staged {
  const chance = chanceFor(`${order.seed} ${idOf(order)}`)
  const cast = new Cast(chance, order.version)
  const made = familyOf(order.family).make(cast)
  const picked = chance.pick(PROMPTS)
  const prompt = made.manager === 'user' ? 'own' : picked
  const noise = noiseFor(chance, made.seconds)
  const logs = [...(made.logs ?? []), ...noise.logs, ...(prompt === 'user' ? sudoLines(made.deeds, cast, chance) : [])]
  const scene: Scene = { ...made, scripts: cast.scripts, deeds: [...made.deeds], logs }
  const journalFormat = chance.pick(FORMATS)
  const questions = questionsOf(scene, journalFormat, chance)
  const plan: MachinePlan = {
    version: order.version,
    hostname: cast.host,
    fstab: scene.fstab ?? '',
    files: [
      ...unitFiles(noise.units, UNIT_FOLDER),
      ...unitFiles(scene.units, scene.manager === 'user' ? USER_UNIT_FOLDER : UNIT_FOLDER),
      ...scriptFiles(scene),
    ],
    before: [...(journalFormat === 'short -x' ? ['journalctl --update-catalog'] : []), ...(scene.before ?? [])],
    steps: stepsOf([...scene.deeds, ...noise.deeds], logs),
    seconds: scene.seconds,
    take: mapValues(questions, ({ line }) => line),
  }
  return { cast, scene, prompt, journalFormat, shown: mapValues(questions, ({ shown }) => shown), plan }
}

export async function record(order: Order): Promise<Recording | { readonly failed: string }> {
  const { cast, scene, prompt, journalFormat, shown, plan } = stage(order)
  const answers = await runMachine(plan)
  if ('failed' in answers) return answers
  const why = whyNotHappened(scene, answers)
  if (why !== null) return { failed: why }
  const { host, user } = cast
  const about = { ...order, id: idOf(order), split: splitOf(order.variant), host, user, prompt }
  return { ...about, journalFormat, scene, shown, answers }
}

/** A job that was displaced or canceled, and whoever waited for it was told so. */
function whyNotHappened({ deeds, truth, proof }: Scene, { said, taken }: Taken): string | null {
  if (proof !== undefined && taken.proof?.trim() !== proof.prints) return `${proof.line}: ${taken.proof?.trim()}`
  const told = deeds.map(({ who }, index) => (who === 'asker' ? (said[`deed ${index}`]?.output ?? '') : '')).join('')
  if (proof !== undefined && truth.replacing === null) return null
  const displaced = truth.replacing !== null || truth.cause === 'user-cancelled'
  if (displaced && !/canceled\.|is destructive/.test(told)) return `nothing was canceled: ${told.trim() || 'no word'}`
  return !displaced && /canceled\./.test(told) ? `something was canceled: ${told.trim()}` : null
}

function unitFiles(units: Readonly<Record<string, string>>, folder: string): MachineFile[] {
  return Object.entries(units).map(([name, text]) => {
    const path = `${folder}/${name}`
    return text === '' ? { path, text, link: '/dev/null' } : { path, text }
  })
}

/** Scripts, and a copy of `sleep` by the name of each daemon, so that a status shows that name. */
function scriptFiles({ scripts = {} }: Scene): MachineFile[] {
  const files = Object.entries(scripts).map(([path, text]) => ({ path, text, executable: text.startsWith('#!') }))
  const daemons = new Set(Object.values(scripts).flatMap((text) => /\/usr\/lib\/daemons\/\S+/.exec(text)?.[0] ?? []))
  return [...files, ...[...daemons].map((path) => ({ path, text: '', link: '/bin/sleep' }))]
}

const isTyped = ({ who, line }: Deed) => who !== 'hidden' && line.startsWith('systemctl')

/** Where sudo is used, the journal knows of it. */
function sudoLines(deeds: readonly Deed[], { user }: Cast, chance: Chance): LogLine[] {
  return deeds.filter(isTyped).flatMap(({ at, who, line, shown }) => {
    if (shown !== undefined) return []
    const pid = chance.integer(900, 9000)
    const command = line.replace('systemctl', '/usr/bin/systemctl')
    const where = `TTY=pts/${who === 'asker' ? 0 : 1} ; PWD=/home/${user}`
    return [{ at: at - 0.04, log: `<86>sudo[${pid}]: ${user} : ${where} ; USER=root ; COMMAND=${command}` }]
  })
}

function stepsOf(deeds: readonly Deed[], logs: readonly LogLine[]): MachineStep[] {
  return [...deeds.map(({ at, line }, index) => ({ at, id: `deed ${index}`, line })), ...logs]
}

interface Question {
  readonly line: string
  readonly shown: string
}

function questionsOf(scene: Scene, format: JournalFormat, chance: Chance): Record<string, Question> {
  const isFiled = (unit: string) => scene.units[fileOf(unit)] !== undefined || scene.units[unit] !== undefined
  const known = scene.about.filter((unit) => isFiled(unit) || scene.fstab !== undefined)
  const files = (known.length > 0 ? known : scene.about).join(' ')
  const statuses = scene.about.slice(0, chance.integer(1, 2)).join(' ')
  const full = chance.happens(0.7) ? ' -l' : ''
  const option = format === 'short' ? '' : format === 'short -x' ? ' -x' : ` -o ${format}`
  const chosen = { line: `JOURNALCTL -o ${format}`, shown: `journalctl --no-pager --since "5 min ago"${option}` }
  const { journal: how } = scene
  const extra = scene.extra ?? []
  const ask = scene.manager === 'user' ? 'systemctl --user' : 'systemctl'
  const proof = scene.proof === undefined ? [] : [['proof', { line: scene.proof.line, shown: '' }] as const]
  return {
    ...Object.fromEntries(proof),
    journal: how === undefined ? chosen : { line: `JOURNALCTL ${how}`, shown: `journalctl ${how}` },
    status: { line: `${ask} status --no-pager${full} ${statuses}`, shown: `${ask} status${full} ${statuses}` },
    cat: { line: `${ask} cat --no-pager ${files}`, shown: `${ask} cat ${files}` },
    ...Object.fromEntries(
      (scene.showScripts ?? []).map((path) => [path, { line: `cat ${path}`, shown: `cat ${path}` }]),
    ),
    ...Object.fromEntries(extra.map(({ line, shown }, index) => [`extra ${index}`, { line, shown: shown ?? line }])),
  }
}

const mapValues = <V, W>(record: Readonly<Record<string, V>>, change: (value: V) => W): Record<string, W> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
