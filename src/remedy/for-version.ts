/** Drop-ins and commands as the release at hand has them. */

import { featuresOf } from '../systemd/features.ts'
import { knownKeys } from '../systemd/known-keys.ts'

/** A drop-in without the settings that the release does not know; null if none is left. */
export function dropInFor(version: number, text: string): string | null {
  let section = ''
  const lines = inOldHome(version, text)
    .split('\n')
    .filter((line) => {
      section = /^\[(\w+)\]$/.exec(line)?.[1] ?? section
      const key = /^(\w+)=/.exec(line)?.[1]
      return key === undefined || knownKeys(section, version).has(key)
    })
  return lines.some((line) => line.includes('=')) ? lines.join('\n') : null
}

/** What had another name, or another section, before. */
function inOldHome(version: number, text: string): string {
  const unit = knownKeys('Unit', version)
  const type = featuresOf(version).serviceTypeExec ? text : text.replace('Type=exec', 'Type=simple')
  const limit = unit.has('StartLimitIntervalSec') ? type : type.replace('StartLimitIntervalSec', 'StartLimitInterval')
  return unit.has('StartLimitBurst') ? limit : limit.replace(/^\[Unit\](?=\nStartLimit)/, '[Service]')
}

/** An option of a command by its older name. */
export const commandFor = (version: number, command: string): string =>
  featuresOf(version).clientKnowsKillWhom ? command : command.replace('--kill-whom=', '--kill-who=')
