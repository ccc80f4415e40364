/** The variables that a unit's commands see, and who they are run by. */

import { complain, type KeyParser, type KeyTable, type LoadContext } from './load-fragment-draft.ts'
import { wordsOf } from './load-fragment-values.ts'
import { ERRNO_TEXT, unitFullPrintf } from './specifiers.ts'

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*=/

/** Each word with its specifiers put in; what cannot be read was complained about. */
function expandedWords(c: LoadContext, value: string): string[] {
  const words: string[] = []
  for (const word of wordsOf(c, value, { cUnescape: true })) {
    const expanded = unitFullPrintf(c.specifiers, word)
    if ('error' in expanded) {
      complain(c, 'load-environment-specifiers', { value: word, error: ERRNO_TEXT[expanded.error] })
    } else words.push(expanded.text)
  }
  return words
}

/** Mirrors config_parse_environ(): nothing takes back what was there. */
const environment: KeyParser = (c, value) => {
  const { exec } = c.draft
  const variables = exec.environment ?? new Map<string, string>()
  exec.environment = variables
  if (value === '') variables.clear()
  for (const word of expandedWords(c, value)) {
    const equals = word.indexOf('=')
    if (ASSIGNMENT.test(word)) variables.set(word.slice(0, equals), word.slice(equals + 1))
    else complain(c, 'load-environment', { value: word })
  }
}

/** Mirrors config_parse_unset_environ(): names, or assignments that are taken out if they are so. */
const unsetEnvironment: KeyParser = (c, value) => {
  const { unsetEnvironment: patterns } = c.draft.exec
  if (value === '') patterns.length = 0
  patterns.push(...expandedWords(c, value).filter((word) => NAME.test(word) || ASSIGNMENT.test(word)))
}

/** Mirrors config_parse_unit_env_file(). Those that may be missing change nothing that is known here. */
const environmentFile: KeyParser = (c, value) => {
  const { environmentFiles: files } = c.draft.exec
  if (value === '') files.length = 0
  if (value === '' || value.startsWith('-')) return
  const expanded = unitFullPrintf(c.specifiers, value)
  if (!('error' in expanded) && expanded.text.startsWith('/')) files.push(expanded.text)
}

/** Mirrors config_parse_user_group_compat(), but for its complaints. */
const user: KeyParser = (c, value) => {
  const expanded = unitFullPrintf(c.specifiers, value)
  if (value === '') delete c.draft.exec.user
  else if (!('error' in expanded)) c.draft.exec.user = expanded.text
}

export const ENVIRONMENT_KEYS: KeyTable = new Map<string, KeyParser>([
  ['Environment', environment],
  ['UnsetEnvironment', unsetEnvironment],
  ['EnvironmentFile', environmentFile],
  ['User', user],
])
