/** What to paste next: the one command that tells the leading stories apart, with the paste's own units in it. */

import { factsOf } from '../evidence/fact.ts'
import type { Situation } from '../graph/assemble.ts'
import type { Cause } from '../hypotheses/cause.ts'
import { substitute, substituteNames } from '../hypotheses/pattern.ts'
import type { Ranking } from '../ranking/rank.ts'
import { forManager } from '../remedy/for-manager.ts'
import { jobOf } from '../remedy/prescribe.ts'
import type { Ask } from './answer.ts'

const ASKS_SHOWN = 3

/** None once the cause is explained: then there is nothing to ask. */
export function asksFor(s: Situation, ranking: Ranking): Ask[] {
  if (ranking.outcome === 'explained' || ranking.outcome === 'not-a-cancellation') return []
  const asks = new Map<string, { because: string; tells: Set<Cause>; weight: number }>()
  for (const one of ranking.ranked) {
    const { rule, bound } = one.trial.hypothesis
    for (const ask of rule.ask) {
      const command = substituteNames(ask.command, bound)
      if (/\{[a-z]/.test(command)) continue
      const known = asks.get(command) ?? { because: substitute(ask.because, bound), tells: new Set(), weight: 0 }
      for (const cause of ask.tells ?? [rule.cause]) known.tells.add(cause)
      known.weight += one.probability
      asks.set(command, known)
    }
  }
  const general = generalAsk(s, ranking)
  const byWeight = [...asks].sort(([, a], [, b]) => b.weight * b.tells.size - a.weight * a.tells.size)
  const own = byWeight
    .filter(([command]) => !isAnswered(command, s))
    .map(([command, { because, tells }]) => ({ command, because, tells: [...tells] }))
  // Who asked for the next job is the question where a job was canceled; elsewhere a rule knows better what to ask.
  const canceled = s.focus === null ? own.length === 0 : s.focus.result === 'canceled'
  const all = canceled ? [...(general ? [general] : []), ...own] : [...own, ...(general ? [general] : [])]
  const shown = [...eachOnce(all.slice(0, ASKS_SHOWN)), ...nextTime(s)]
  return shown.map((ask) => ({ ...ask, command: forManager(ask.command, s.manager) }))
}

/** The properties that it would print are in the paste. */
function isAnswered(command: string, { facts }: Situation): boolean {
  const [, before, listed, list, after] = SHOW.exec(command) ?? []
  const unit = before ?? after
  const shown = factsOf(facts, 'unit-property').filter((property) => property.unit === unit)
  const wanted = (listed ?? list)?.split(',')
  return wanted?.every((key) => shown.some((property) => property.key === key)) ?? false
}

/** What an earlier command prints anyway is not asked for again; what it would mean is said there. */
function eachOnce(all: readonly Ask[]): Ask[] {
  const asks: Ask[] = []
  for (const ask of all) {
    const parts = ask.command.split('; ')
    const at = asks.findIndex(({ command }) => {
      const earlier = command.split('; ')
      return parts.every((part) => earlier.some((one) => prints(one, part)))
    })
    const host = asks[at]
    if (!host) asks.push(ask)
    else {
      const tells = [...new Set([...host.tells, ...ask.tells])]
      asks[at] = { ...host, because: both(host.because, ask.because), tells }
    }
  }
  return asks
}

const both = (because: string, more: string) => (because.includes(more) ? because : `${because} ${more}`)

const SHOW = /^systemctl show (?:(\S+) -p (\S+)|-p (\S+) (\S+))$/
const TAIL = /^(journalctl .*?) -n (\d{1,5})(?: \| .*)?$/

/** Whether the one shows all that the other does: more properties of the unit, more lines of the same log. */
function prints(one: string, other: string): boolean {
  if (one === other) return true
  const [, log, lines] = TAIL.exec(one) ?? []
  const [, otherLog, otherLines] = TAIL.exec(other) ?? []
  if (log !== undefined) return log === otherLog && !one.includes('|') && Number(lines) >= Number(otherLines)
  const [asked, wanted] = [SHOW.exec(one), SHOW.exec(other)]
  if (!asked || !wanted || (asked[1] ?? asked[4]) !== (wanted[1] ?? wanted[4])) return false
  const properties = (asked[2] ?? asked[3] ?? '').split(',')
  return (wanted[2] ?? wanted[3] ?? '').split(',').every((property) => properties.includes(property))
}

/** Nothing above debug level keeps the name of a client: for what happens again, it can be caught. */
function nextTime({ focus, facts, manager }: Situation): Ask[] {
  if (focus?.result !== 'canceled' || factsOf(facts, 'recording').length > 0) return []
  if (manager === 'user') {
    const because = 'From then on the log has each job as it comes; `systemctl --user log-level info` ends that.'
    return [{ command: 'systemctl --user log-level debug', because, tells: [] }]
  }
  const because = 'It waits, changes nothing, and names whoever asks for the next job.'
  return [{ command: `whyjob record ${focus.unit}`, because, tells: [] }]
}

/** The unit with everything that can start or stop it, and the lines around: it decides most of the list. */
function generalAsk(s: Situation, ranking: Ranking): Ask | null {
  const [first] = ranking.ranked
  const asked = first ? jobOf(first)?.unit : undefined
  const unit = s.focus?.unit ?? asked ?? [...s.units.nodes.keys()].find((name) => name.includes('.'))
  if (unit === undefined) {
    return {
      command: 'systemctl status UNIT; journalctl -b -u UNIT -n 50 -o short-precise',
      because: 'It shows what the manager did with the unit, and when. Put in the name of the unit you ask about.',
      tells: [],
    }
  }
  const known = s.units.nodes.get(unit)?.config !== undefined
  const properties =
    '-p TriggeredBy,Requires,RequiredBy,WantedBy,BoundBy,BindsTo,PartOf,ConsistsOf,Conflicts,ConflictedBy,UpheldBy'
  const parts = [
    'journalctl -b -o short-precise --no-pager -n 200',
    ...(known ? [] : [`systemctl cat ${unit}`]),
    `systemctl show ${unit} ${properties}`,
  ]
  const tells = [...new Set(ranking.ranked.map((one) => one.trial.hypothesis.rule.cause))]
  return {
    command: parts.join('; '),
    because: `The lines around the moment show which job came next; the properties, who can ask for one of ${unit}.`,
    tells,
  }
}
