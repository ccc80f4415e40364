/** Units written by hand, as people do who do not package them; the families below differ in their looks as well. */

import type { Cast } from './cast.ts'

export interface HandOptions {
  readonly unit?: readonly string[]
  readonly service?: readonly string[]
  /** How long it takes to come up, or to go down. */
  readonly starts?: number
  readonly stops?: number
  readonly install?: string
  /** In place of a program that runs until it is told to stop. */
  readonly run?: string
  readonly oneshot?: boolean
}

const COMMENTS = ['# managed by hand, ask Jo', '; from the wiki', '# TLS is done by the proxy', ''] as const
const BLURBS = ['main thing', 'keeps the numbers', 'talks to the meters', 'serves the intranet', 'eats the queue']

/** A whole unit file by that name: its full name. */
export function byHand(cast: Cast, unit: string, options: HandOptions = {}): string {
  const { chance } = cast
  const blurb = unit.includes('@') ? `${chance.pick(BLURBS)} (%I)` : chance.pick(BLURBS)
  const described = chance.happens(0.85) ? [`Description=${blurb}`] : []
  const comment = chance.pick(COMMENTS)
  const lines = [
    ...(comment === '' ? [] : [comment]),
    '[Unit]',
    ...described,
    ...(options.unit ?? []),
    ...(chance.happens(0.5) ? [''] : []),
    '[Service]',
    ...(options.oneshot ? ['Type=oneshot'] : []),
    ...running(cast, unit, options),
    ...stopping(cast, options.stops),
    ...(options.service ?? []),
    ...(options.install === undefined ? [] : ['', '[Install]', `WantedBy=${options.install}`]),
  ]
  cast.file(unit.replace(/@[^.]*(?=\.)/, '@'), `${lines.join('\n')}\n`)
  return unit
}

function running(cast: Cast, unit: string, { run, starts }: HandOptions): string[] {
  const program = run ?? '/bin/sleep infinity'
  if (starts === undefined) return [`ExecStart=${program}`]
  const base = unit.replace(/[@.].*$/, '')
  const path = `/opt/${base}/bin/prepare`
  return cast.chance.pick<() => string[]>([
    () => [`ExecStartPre=/bin/sleep ${starts}`, `ExecStart=${program}`],
    () => {
      cast.scripts[path] = `#!/bin/bash\n# waits for the license\nsleep ${starts}\n`
      return [`ExecStartPre=-${path} --fast`, `ExecStart=${program}`]
    },
    () => [`ExecStart=${program}`, `ExecStartPost=/bin/sleep ${starts}`],
  ])()
}

function stopping(cast: Cast, stops: number | undefined): string[] {
  if (stops === undefined) return []
  return cast.chance.pick([
    [`ExecStop=-/bin/sleep ${stops}`],
    [`ExecStop=/bin/sh -c "sleep ${stops}"`],
    [`ExecStopPost=/bin/sleep ${stops}`],
  ])
}

const NAMES = ['acme-gw', 'billing', 'ledger', 'meterd', 'intranet', 'pbx', 'scanner2', 'wiki', 'etl', 'chat-bridge']

/** A name that no unit of the incident has yet. */
export function freshName(cast: Cast): string {
  const free = NAMES.filter((name) => cast.units[`${name}.service`] === undefined)
  return `${cast.chance.pick(free)}.service`
}
