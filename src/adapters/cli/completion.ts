/** `whyjob completion SHELL`: a script that completes commands, options and words, made from the definition. */

import type { Command, Option } from 'commander'
import { CAUSES } from '../../hypotheses/cause.ts'
import { NEWEST, OLDEST } from '../../systemd/versions.ts'
import { GLOSSARY, RULES } from '../catalog.ts'
import { ANSWERED, print } from './io.ts'
import type { SHELLS } from './program.ts'

interface Entry {
  readonly name: string
  readonly does: string
  readonly options: readonly Option[]
  /** What its arguments can be; files if that is not known. */
  readonly words: readonly string[] | null
}

export async function completion(program: Command, shell: (typeof SHELLS)[number]): Promise<number> {
  const entries = program.commands.map(entryOf)
  const scripts = { bash, zsh, fish }
  await print(scripts[shell](entries))
  return ANSWERED
}

function entryOf(command: Command): Entry {
  const [argument] = command.registeredArguments
  const words = argument === undefined ? [] : (argument.argChoices ?? null)
  return {
    name: command.name(),
    does: command.description(),
    options: command.options,
    words: command.name() === 'explain' ? explainable() : words,
  }
}

const explainable = (): string[] => [...RULES.map(({ code }) => code), ...GLOSSARY.map(({ term }) => term), ...CAUSES]

const RELEASES = Array.from({ length: NEWEST - OLDEST + 1 }, (_, i) => String(OLDEST + i))

const flags = ({ options }: Entry): string[] => options.flatMap(({ short, long }) => [short, long]).filter(isSome)
const isSome = (flag: string | undefined): flag is string => flag !== undefined
const names = (entries: readonly Entry[]): string => entries.map(({ name }) => name).join(' ')
const takesValue = ({ required, optional }: Option): boolean => required || optional
const valuesOf = ({ long }: Option): readonly string[] => (long === '--systemd' ? RELEASES : [])

function bash(entries: readonly Entry[]): string {
  const cases = entries.map((entry) => {
    const words = entry.words === null ? '' : `words='${entry.words.join(' ')}' files=`
    return `    ${entry.name}) options='${flags(entry).join(' ')}' ${words} ;;`
  })
  return `# bash completion for whyjob: source it, or put it into ~/.local/share/bash-completion/completions/whyjob
_whyjob() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  local command=diagnose options= words= files=yes word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
    case $word in ${names(entries).replaceAll(' ', '|')}) command=$word; break ;; esac
  done
  case $command in
${cases.join('\n')}
  esac
  if [[ $previous == --systemd ]]; then
    words='${RELEASES.join(' ')}' files=
  elif [[ $current == -* ]]; then
    words="$options --help" files=
  elif ((COMP_CWORD == 1)); then
    words='${names(entries)} --help --version'
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [[ -n $files ]]; then
    local IFS=$'\\n'
    compopt -o filenames 2>/dev/null
    COMPREPLY+=($(compgen -f -- "$current"))
  fi
}
complete -F _whyjob whyjob
`
}

function zsh(entries: readonly Entry[]): string {
  const cases = entries.map((entry) => {
    const options = entry.options.map((option) => {
      const value = takesValue(option) ? `:value:(${valuesOf(option).join(' ')})` : ''
      return `'${option.long}[${zshText(option.description)}]${value}'`
    })
    const rest = entry.words === null ? "'*:file:_files'" : `'*:word:(${entry.words.join(' ')})'`
    return `    ${entry.name}) _arguments ${[...options, rest].join(' ')} ;;`
  })
  return `#compdef whyjob
# zsh completion for whyjob: put it into a folder of $fpath as _whyjob
_whyjob() {
  local -a commands=(
${entries.map(({ name, does }) => `    '${name}:${zshText(does)}'`).join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    _files
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${cases.join('\n')}
    *) _files ;;
  esac
}
if [[ $funcstack[1] == _whyjob ]]; then _whyjob "$@"; else compdef _whyjob whyjob; fi
`
}

const zshText = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&').replaceAll("'", "'\\''")

function fish(entries: readonly Entry[]): string {
  const lines = entries.flatMap((entry) => {
    const here = `complete -c whyjob -n '__fish_seen_subcommand_from ${entry.name}'`
    const options = entry.options.map((option) => {
      const value = takesValue(option) ? ` -x -a '${valuesOf(option).join(' ')}'` : ''
      return `${here} -l ${option.long?.slice(2)} -d '${fishText(option.description)}'${value}`
    })
    const words =
      entry.words === null ? [] : [`${here} -f${entry.words.length ? ` -a '${entry.words.join(' ')}'` : ''}`]
    return [
      `complete -c whyjob -n '__fish_use_subcommand' -a ${entry.name} -d '${fishText(entry.does)}'`,
      ...options,
      ...words,
    ]
  })
  return `# fish completion for whyjob: put it into ~/.config/fish/completions/whyjob.fish\n${lines.join('\n')}\n`
}

const fishText = (text: string): string => text.replace(/['\\]/g, '\\$&')
