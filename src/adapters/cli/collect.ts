/** `whyjob collect`: prints the script, and runs nothing. */

import { collectScript, isUnitName } from '../collect.ts'
import { ANSWERED, print, Usage } from './io.ts'

export async function collect(units: readonly string[]): Promise<number> {
  const wrong = units.find((unit) => !isUnitName(unit))
  if (wrong !== undefined) throw new Usage(`'${wrong}' is no name of a unit.`)
  await print(collectScript(units))
  return ANSWERED
}
