/**
 * Conditions on the machine's size. Mirrors condition_test_memory() and its neighbours, src/shared/condition.c (v255).
 * Differs: which machine it is nobody knows; what some machine that systemd runs on fulfils counts as fulfilled.
 */

/** From the least to the most that is in use. */
type Range = readonly [least: number, most: number]

const CPUS: Range = [1, 512]
const MEMORY: Range = [64 * 1024 ** 2, 16 * 1024 ** 4]
/** Major numbers. */
const KERNEL: Range = [3, 9]

const COMPARISON = /^\s*(<=|>=|!=|<>|==?|<|>)?\s*(\d{1,15})(?:\.\d{1,9})*\s*([KMGTPE])?B?\s*$/
const SIZES = 'KMGTPE'

/** Without an operator at least so much is meant. */
function mayHold(parameter: string, [least, most]: Range): boolean {
  const match = COMPARISON.exec(parameter)
  if (match === null) return true
  const [, operator = '>=', digits, unit] = match
  const value = Number(digits) * 1024 ** (unit === undefined ? 0 : SIZES.indexOf(unit) + 1)
  switch (operator) {
    case '>=':
      return value <= most
    case '>':
      return value < most
    case '<=':
      return value >= least
    case '<':
      return value > least
    case '=':
    case '==':
      return value >= least && value <= most
    default:
      return true
  }
}

export const cpusMayBe = (parameter: string): boolean => mayHold(parameter, CPUS)
export const memoryMayBe = (parameter: string): boolean => mayHold(parameter, MEMORY)

/** A version without an operator is a pattern. */
export const kernelMayBe = (parameter: string): boolean => !/^\s*[<>=!]/.test(parameter) || mayHold(parameter, KERNEL)

/** What every manager has in its own environment, and what a user's gets from its session. */
const VARIABLES = ['PATH', 'LANG', 'SYSTEMD_EXEC_PID']
const SESSION_VARIABLES = ['HOME', 'USER', 'LOGNAME', 'SHELL', 'XDG_RUNTIME_DIR']

/** Mirrors condition_test_environment(). Differs: of a variable only its name is known. */
export function environmentMayHave(parameter: string, isUser: boolean): boolean {
  return VARIABLES.includes(parameter) || (isUser && SESSION_VARIABLES.includes(parameter))
}
