/** Which of the units that many machines have is described so. */

import { USUAL_NAMES } from './usual-names.table.ts'

let byText: Map<string, string[]> | undefined

/** The usual unit that is described so; null if there is none, or more than one. */
export function usualUnit(description: string): string | null {
  byText ??= read()
  const found = byText.get(description) ?? []
  return found.length === 1 ? found[0]! : ofVersion(description)
}

/** Those that say which version or instance they are. */
const OF_VERSIONS: readonly (readonly [words: RegExp, unit: (match: RegExpExecArray) => string])[] = [
  [/^MariaDB \d[\d.]{0,12} database server$/, () => 'mariadb.service'],
  [/^The PHP (\d\.\d{1,2}) FastCGI Process Manager$/, ([, version]) => `php${version}-fpm.service`],
  [/^PostgreSQL Cluster (\d{1,2}(?:\.\d)?-[\w.-]{1,60})$/, ([, cluster]) => `postgresql@${cluster}.service`],
  [/^PostgreSQL (\d{1,2}) database server$/, ([, version]) => `postgresql-${version}.service`],
  [/^Apache Tomcat (\d{1,2}) Web Application Server$/, ([, version]) => `tomcat${version}.service`],
]

function ofVersion(description: string): string | null {
  for (const [words, unit] of OF_VERSIONS) {
    const match = words.exec(description)
    if (match) return unit(match)
  }
  return null
}

function read(): Map<string, string[]> {
  const map = new Map<string, string[]>()
  for (const row of USUAL_NAMES.trim().split('\n')) {
    const [unit = '', ...texts] = row.split('|')
    for (const text of texts) map.set(text, [...(map.get(text) ?? []), unit])
  }
  return map
}
