/** `test` and `[`. Mirrors test(1) of the POSIX shell, without -a and -o. */

import type { Manager } from './manager.ts'

/** Mirrors test(1): 0 for true, 1 for false, 2 for what it cannot read. */
export function runTest(m: Manager, words: readonly string[]): number {
  const [first = '', second, third] = words
  if (words.length === 0) return 1
  if (first === '!') return negated(runTest(m, words.slice(1)))
  if (words.length === 1) return first === '' ? 1 : 0
  if (words.length === 2) return unary(m, first, second ?? '')
  if (words.length === 3) return binary(first, second ?? '', third ?? '')
  return 2
}

const negated = (status: number): number => (status > 1 ? status : 1 - status)
const status = (truth: boolean): number => (truth ? 0 : 1)

function unary(m: Manager, operator: string, operand: string): number {
  const { files } = m
  switch (operator) {
    case '-e':
    case '-r':
    case '-w':
      return status(files.exists(operand))
    case '-f':
      return status(files.exists(operand) && files.kindOf(operand) === 'file')
    case '-d':
      return status(files.isDirectory(operand))
    case '-s':
      return status(files.isNonEmptyFile(operand) || files.isDirectory(operand))
    case '-x':
      return status(files.isExecutable(operand) || files.isDirectory(operand))
    case '-L':
    case '-h':
      return status(files.kindOf(operand) === 'symlink')
    case '-n':
      return status(operand !== '')
    case '-z':
      return status(operand === '')
    default:
      return 2
  }
}

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
}

function binary(left: string, operator: string, right: string): number {
  if (operator === '=' || operator === '==') return status(left === right)
  if (operator === '!=') return status(left !== right)
  const compare = COMPARE[operator]
  if (!compare || !/^-?\d{1,15}$/.test(left) || !/^-?\d{1,15}$/.test(right)) return 2
  return status(compare(Number(left), Number(right)))
}
