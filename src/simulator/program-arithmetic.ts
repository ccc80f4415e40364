/**
 * What a shell makes of `$((…))`. Mirrors arithmetic expansion in dash(1) 0.5.12. Differs: nothing is assigned, numbers
 * are decimal, and operators on bits see 32 of them.
 */

type Operators = Readonly<Record<string, (a: number, b: number) => number>>

/** From the loosest to the tightest. */
const LEVELS: readonly Operators[] = [
  { '||': (a, b) => Number(a !== 0 || b !== 0) },
  { '&&': (a, b) => Number(a !== 0 && b !== 0) },
  { '|': (a, b) => a | b },
  { '^': (a, b) => a ^ b },
  { '&': (a, b) => a & b },
  { '==': (a, b) => Number(a === b), '!=': (a, b) => Number(a !== b) },
  {
    '<=': (a, b) => Number(a <= b),
    '>=': (a, b) => Number(a >= b),
    '<': (a, b) => Number(a < b),
    '>': (a, b) => Number(a > b),
  },
  { '<<': (a, b) => a << b, '>>': (a, b) => a >> b },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  { '*': (a, b) => a * b, '/': (a, b) => Math.trunc(a / b), '%': (a, b) => a % b },
]

const TOKEN = /\s*(\d{1,15}|\$?[A-Za-z_]\w*|\|\||&&|==|!=|<=|>=|<<|>>|[-+*/%<>|^&!~()])/y

/** Null if it is no arithmetic; the shell ends then. The caller bounds the text. */
export function arithmetic(text: string, lookUp: (name: string) => string): number | null {
  const all = tokensOf(text)
  if (all === null) return null
  const tokens = all
  let at = 0
  const next = (): string => tokens[at] ?? ''

  function level(index: number): number {
    const operators = LEVELS[index]
    if (operators === undefined) return unary()
    let left = level(index + 1)
    while (Object.hasOwn(operators, next())) {
      const apply = operators[tokens[at++]!]!
      left = apply(left, level(index + 1))
    }
    return left
  }

  function unary(): number {
    const token = next()
    at++
    if (token === '-') return -unary()
    if (token === '+') return unary()
    if (token === '!') return Number(unary() === 0)
    if (token === '~') return ~unary()
    if (token !== '(') return /^\d/.test(token) ? Number(token) : Number(lookUp(token.replace('$', '')) || 0)
    const value = level(0)
    return tokens[at++] === ')' ? value : Number.NaN
  }

  const value = level(0)
  return at === tokens.length && Number.isFinite(value) ? value : null
}

function tokensOf(text: string): string[] | null {
  const tokens: string[] = []
  const whole = text.trimEnd()
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < whole.length) {
    const match = TOKEN.exec(whole)
    if (match === null) return null
    tokens.push(match[1] ?? '')
  }
  return tokens
}
