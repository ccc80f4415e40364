/** Calls of systemctl in scripts, pipelines, udev rules and prose, which no prompt introduces. */

import { type Call, callsIn } from './command.ts'
import { type Desk, type Parser, take } from './desk.ts'
import type { RequestedBy } from './fact.ts'
import { type About, noteCalls } from './request.ts'
import { isCure } from './told/told-unit.ts'

const SOURCE = 'script'
const CALL =
  /systemctl\b|invoke-rc\.d|deb-systemd-invoke|init\.d\/\S+ (?:re)?st|\bservice \S+ (?:re|st)|busctl (?:-\S{1,40} )?call|dbus-send/

/** How a line of a script or of a pipeline's definition begins; a sentence does not. */
const BEGINS = new RegExp(
  [
    String.raw`^\s*(?:[-*] +)?(?:(?:run|script|command|cmd|shell|exec|ansible\.builtin\.\w{1,20}|\w{1,20}_script|post\w{0,20}|`,
    String.raw`pre\w{0,20})\s{0,3}[:=]\s{0,3}['"|>]?\s{0,3})?`,
    // Words that may stand before a command, each with a blank behind it, so that there is one way to read them.
    String.raw`(?:(?:sudo|if|then|else|do|!|while|until|time|exec|eval|nohup|timeout \S{1,20}|\(|\{|\w{1,40}=\S{0,100}|`,
    String.raw`trap|ssh \S{1,60}|su -c|\|\||&&) +['"]?)*(?:\S{0,60}/)?`,
    String.raw`(?:systemctl|service|invoke-rc\.d|deb-systemd-invoke|busctl|dbus-send|init\.d)\b`,
  ].join(''),
)
/** Where a sentence goes on after the command that it begins with, as titles do. */
const GOES_ON =
  "(?:doesn'?t|does not|fails?|failed|hangs?|never|sends?|causes?|is|was|should|would|returns?|gives?|takes?|says|when|while|" +
  "because|but|which|will|won'?t|can'?t|cannot|works?|from|after|without|kills?|stops|results|reports|blocks?|leaves?|breaks)"
const TELLS = new RegExp(String.raw`\b(?:systemctl|service) (?:\S{1,80} ){1,4}?${GOES_ON}(?=[ .,:]|$)`)
/** No unit is named. */
const TELLS_OF_VERB = new RegExp(String.raw`\bsystemctl (?:--\S{1,40} ){0,2}[a-z-]{4,24} ${GOES_ON}(?=[ .,:]|$)`)
const UDEV = /RUN\+?=|SYSTEMD_WANTS|ACTION==/
const CRONTAB =
  /(?:^\s*|: \s{0,8}|[`'"])(?:@(?:reboot|hourly|daily|midnight|weekly|monthly|yearly|annually)\s+|(?:[\d*,/~-]+\s+){3}(?:[\w*,/~-]+\s+){2})\S/
/** How a program's own log begins its lines: `[UTC Nov 22 03:10:02] `, `2026/11/22 03:10:02 `. What it tells, it did. */
const STAMPED =
  /^\s*(?:\[[^\]]{0,30}\d\d:\d\d:\d\d[^\]]{0,12}\]|\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d[\d.,Z+:]{0,14}) /
/** What it says before a command that it did not run, or leaves to others. */
const NOT_RUN =
  /\b(?:would|should|must|please|hint|skip\w{0,4}|dry[ -]?run|(?:did|do|does|will)(?: not|n['’]t) (?:run|call|execute|use))\b/i
/** What zsh says of a command's time. */
const TIMED = /\d+% cpu [\d:.]+ total$/

/** What such a command prints of systemctl, it does. */
const INSTALLS = /^\s*(?:sudo )?(?:apt|apt-get|aptitude|dpkg|dnf|yum|zypper|pacman|needrestart|unattended-upgrades?)\b/
/** What such a command prints of systemctl, its recipe does. */
const BUILDS = /^\s*(?:sudo )?(?:make|just|rake|fab)\b/
const SHOWS = /^\s*(?:sudo )?(?:cat|less|more|head|tail|bat|nl)(?: -\S+)* (\/[\w./@+-]+)\s*$/

/** The path of the file that the last command printed. */
const fileShown = ({ typed }: Desk): string | null => (typed ? (SHOWS.exec(typed.text)?.[1] ?? null) : null)

/** `/path/of/script:`, or the command that printed it, right above its first line, `#!/bin/sh`. */
export function scriptAbove({ lines }: Desk, at: number): string | null {
  for (let i = at; i > 0 && at - i < SCRIPT_LINES; i--) {
    if (!/^\s*#!/.test(lines[i]!.text)) continue
    const above = lines[i - 1]!.text
    return CAPTION.exec(above)?.[1] ?? PRINTED.exec(above)?.[1] ?? NAMED.exec(above)?.[1] ?? null
  }
  return null
}

/** `# /etc/udev/rules.d/80-x.rules` above a rule. */
function ruleFileAbove({ lines }: Desk, at: number): string | null {
  for (let i = at - 1; i >= 0 && at - i < SCRIPT_LINES; i--) {
    const path = CAPTION.exec(lines[i]!.text)?.[1]
    if (path?.endsWith('.rules')) return path
  }
  return null
}

const SCRIPT_LINES = 40
/** `and after-stop.sh contains:` */
const NAMED =
  /(?:^|[\s`/])([\w@+-][\w.@+-]{0,100}\.(?:sh|bash|py|pl|rb))`?(?: (?:contains|has|is|does|says|reads|looks like)(?: this)?)?:\s*$/
const PRINTED = /\bcat (\/[\w./@+-]{1,200})\s*$/
const CAPTION = /^\s*(?:#+ |==> |\*\*|`)?(\/[\w./@+-]{1,200})(?: <==|:|`:|\*\*:?)?\s*$/

/** A pipeline shows each command before it runs it, and again as it runs it. */
function isEcho(desk: Desk, at: number, calls: readonly Call[]): boolean {
  const { typed } = desk
  if (typed?.by !== 'tool' || at - typed.at > 12) return false
  const same = (a: Call, b: Call | undefined) => a.verb === b?.verb && a.units.join() === b.units.join()
  return calls.length > 0 && calls.every((call, i) => same(call, typed.calls[i]))
}

/** As grep names the file that it found a line in, and mostly the line's number. */
const FOUND = /^(\/(?:[\w.@+-]{1,100}\/){1,12}[\w.@+-]{1,250}):(?:\d{1,6}:)?(?=.)/

/** What is written there is read by people, and run by nobody. */
const MANUAL = /^\/usr\/share\/(?:doc|man|info|locale)\/|\.(?:md|rst|txt|html|adoc|[1-8])$/

/** needrestart lists what it runs: so many lines at most. */
const LISTED = 64

function ofPackages({ takenFor }: Desk, at: number): boolean {
  let above = at - 1
  while (above > 0 && at - above < LISTED && takenFor[above] === SOURCE) above--
  return takenFor[above] === 'package manager'
}

/** "I then stopped it with" right above the block: what somebody typed, though no prompt shows it. */
const TYPED = /\b(?:I|[Ww]e)\b(?:(?!script|hook)[^.]){0,200}\b(?:with|by|using|ran|run|did|do|issued?|typed?)\s{0,2}:?$/

const BETWEEN: ReadonlySet<string> = new Set([SOURCE, 'blank', 'code mark'])

function isTyped({ lines, takenFor }: Desk, at: number): boolean {
  let above = at - 1
  while (above > 0 && at - above < SCRIPT_LINES && BETWEEN.has(takenFor[above] ?? '')) above--
  return takenFor[above] === 'prose' && TYPED.test(lines[above]!.text)
}

/** Folders whose files a program runs by itself on some occasion. */
const HOOK = /\/(?:[\w-]{1,40}\.d|(?:[\w-]{1,40}-)?hooks|system-(?:sleep|shutdown)|keepalived|acpi|udev)\//

/** Whether a program's log says of the command there that it was run. */
export const isRun = (text: string): boolean => !NOT_RUN.test(text.slice(0, Math.max(0, text.search(CALL))))

export const script: Parser = {
  source: SOURCE,
  recognizes: (desk, at) => CALL.test(desk.lines[at]!.text),
  parse: (desk: Desk, at) => {
    const line = desk.lines[at]!
    const [before, found] = FOUND.exec(line.text) ?? ['', null]
    if (found !== null && MANUAL.test(found)) return at
    const code = line.text.slice(before.length)
    if (TIMED.test(code) || /^\s*(?:#|\/\/|;)/.test(code) || TELLS_OF_VERB.test(code)) return at
    const by: RequestedBy = UDEV.test(code) ? 'udev' : CRONTAB.test(code) ? 'cron' : 'script'
    const inScript = by === 'udev' ? null : (found ?? scriptAbove(desk, at))
    // A remark in a script looks like what root types: `# make sure that it is down`.
    const typedText = desk.typed?.by === 'prompt' && inScript === null ? desk.typed.text : ''
    const installs = INSTALLS.test(typedText)
    const builds = BUILDS.test(typedText)
    const requester =
      by === 'udev'
        ? (found ?? ruleFileAbove(desk, at) ?? fileShown(desk) ?? 'a udev rule')
        : (inScript ?? fileShown(desk))
    const isHook = by === 'script' && requester !== null && HOOK.test(requester)
    // In a script that is shown a call is code wherever it stands: `[ "$2" = up ] && systemctl stop x`.
    // A log that is shown is none.
    const stamped = by === 'script' && STAMPED.test(line.text)
    const isCode =
      installs ||
      by !== 'script' ||
      (!stamped && (requester !== null || (BEGINS.test(line.text) && !TELLS.test(line.text))))
    const logged = stamped && !isCode && isRun(line.text)
    const typed = isCode && by === 'script' && isTyped(desk, at)
    const about: About = {
      source: isCode || logged ? SOURCE : 'prose',
      certainty: isCode ? 0.9 : logged ? 0.7 : 0.5,
      by: installs ? 'package' : isHook ? 'exec' : typed ? 'shell' : isCode ? by : 'other',
      tense: installs || builds || typed || logged ? 'done' : 'written',
      requester: isCode ? requester : null,
      offset: 0,
    }
    const calls = callsIn(line.text).filter(({ from }) => isCode || !isCure(line.text, from))
    if (isEcho(desk, at, calls)) return take(desk, 'ci', at, at + 1)
    const noted = noteCalls(
      desk,
      line,
      calls,
      ofPackages(desk, at) ? { ...about, by: 'package', tense: 'done' } : about,
    )
    return noted.length > 0 ? take(desk, about.source, at, at + 1) : at
  },
}
