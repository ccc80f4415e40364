/** The manual page, made from the definition of the command line. */

import type { Command } from 'commander'
import { EXAMPLES, EXITS } from './program.ts'

export function manualPage(program: Command): string {
  return `.TH WHYJOB 1 "" "whyjob ${program.version()}" "User Commands"
.SH NAME
whyjob \\- ${escaped(program.description().replace(/\.$/, ''))}
.SH SYNOPSIS
${program.commands.map(synopsis).join('\n.br\n')}
.SH DESCRIPTION
.B systemd
says why a job failed, but not why it was canceled. whyjob reads what the terminal and the journal said, replays what
could have happened on a model of systemd's job engine, and keeps the stories that bring about what was seen.
.SH COMMANDS
${program.commands.map(section).join('')}.SH EXIT STATUS
${EXITS.map(([status, means]) => `.TP\n.B ${status}\n${escaped(means)}.`).join('\n')}
.SH EXAMPLES
.EX
${EXAMPLES.map(escaped).join('\n')}
.EE
.SH ENVIRONMENT
.TP
.BR NO_COLOR ", " FORCE_COLOR
Colours are used on a terminal alone, unless one of these says otherwise.
.SH SEE ALSO
.BR systemctl (1),
.BR journalctl (1),
.BR systemd.unit (5)
`
}

function synopsis(command: Command): string {
  return `.B whyjob ${command.name()}\n${escaped(command.usage().replace('[options]', '[OPTION]...'))}`
}

function section(command: Command): string {
  const items = [
    ...command.registeredArguments.map((one) => item(one.name().toUpperCase(), one.description)),
    ...command.options.map((one) => item(one.flags, one.description)),
  ]
  const isDefault = command.name() === 'diagnose' ? ' What is done when no command is named.' : ''
  return `.SS ${command.name()}
${sentence(command.description())}${isDefault}
${items.join('')}`
}

const item = (name: string, description: string): string => `.TP\n.B ${escaped(name)}\n${sentence(description)}\n`

const sentence = (text: string): string => escaped(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`)

/** A backslash, and a dot or quote that begins a line, are commands to roff; a hyphen may become a dash. */
const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1')
    .replaceAll('…', '...')
