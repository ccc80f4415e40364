/**
 * The shell language as far as unit files use it: lists, pipes, loops, conditions and variables. What is beyond it,
 * such as command substitution, gives null, and the script then counts as an unknown program. Mirrors the grammar of
 * dash(1) 0.5.12.
 */

export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'variable' | 'arithmetic'; readonly name: string; readonly quoted: boolean }
export type Word = readonly Part[]

export interface Redirect {
  /** `>`, `>>`, `<`, and those between descriptors, which change nothing here. */
  readonly operator: string
  readonly target: Word
}

export type Script =
  | {
      readonly kind: 'simple'
      readonly assignments: readonly { readonly name: string; readonly value: Word }[]
      readonly words: readonly Word[]
      readonly redirects: readonly Redirect[]
    }
  | { readonly kind: 'list'; readonly items: readonly { readonly script: Script; readonly background: boolean }[] }
  | { readonly kind: 'and' | 'or'; readonly left: Script; readonly right: Script }
  | { readonly kind: 'not'; readonly script: Script }
  | { readonly kind: 'pipe'; readonly scripts: readonly Script[] }
  | { readonly kind: 'subshell' | 'group'; readonly body: Script }
  | { readonly kind: 'if'; readonly test: Script; readonly body: Script; readonly otherwise: Script | null }
  | { readonly kind: 'while'; readonly test: Script; readonly body: Script; readonly until: boolean }
  | { readonly kind: 'for'; readonly name: string; readonly words: readonly Word[]; readonly body: Script }

interface Token {
  readonly operator?: string
  readonly word?: Word
  readonly redirect?: string
  /** A word without quotes or variables: may be a keyword. */
  readonly plain?: string
}

/** Scripts nested deeper are not read. */
const MAX_DEPTH = 40

/** Null if the text is more than this grammar knows. */
export function parseShell(text: string): Script | null {
  const tokens = tokenize(text)
  if (tokens === null) return null
  const parser = { tokens, at: 0, depth: 0 }
  const script = list(parser, [])
  return script === null || parser.at < tokens.length ? null : script
}

const OPERATORS = ['&&', '||', ';;', ';', '&', '|', '(', ')', '\n']
const REDIRECT = /^(\d?)(>>|>&|<&|>\||&>|<<|>|<)/
/** Everything that needs more than substitution of a variable. */
const NAME = /^\$(?:([A-Za-z_]\w*|[$!?#@*0-9])|\{([A-Za-z_]\w*|[$!?])\})/

/** With parentheses one deep. */
const ARITHMETIC = /^\$\(\(([^()]*(?:\([^()]*\)[^()]*)*)\)\)/
const MAX_ARITHMETIC = 200

function tokenize(text: string): Token[] | null {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const char = text[at] as string
    if (char === ' ' || char === '\t' || (char === '\\' && text[at + 1] === '\n')) {
      at += char === '\\' ? 2 : 1
      continue
    }
    if (char === '#') {
      while (at < text.length && text[at] !== '\n') at++
      continue
    }
    const redirect = REDIRECT.exec(text.slice(at, at + 4))
    if (redirect) {
      if (redirect[2] === '<<') return null
      tokens.push({ redirect: redirect[2] ?? '' })
      at += redirect[0].length
      continue
    }
    const operator = OPERATORS.find((o) => text.startsWith(o, at))
    if (operator !== undefined) {
      tokens.push({ operator: operator === '\n' ? ';' : operator })
      at += operator.length
      continue
    }
    const word = readWord(text, at)
    if (word === null) return null
    tokens.push(word.token)
    at = word.next
  }
  return tokens
}

const ENDS_WORD = /[\s;&|()<>]/

function readWord(text: string, from: number): { token: Token; next: number } | null {
  const parts: Part[] = []
  let [at, bare, plain] = [from, '', true]
  const flush = () => {
    if (bare !== '') parts.push({ kind: 'text', text: bare, quoted: false })
    bare = ''
  }
  while (at < text.length && !ENDS_WORD.test(text[at] as string)) {
    const char = text[at] as string
    if (char === '`') return null
    if (char === "'" || char === '"' || char === '$' || char === '\\') {
      plain = false
      flush()
      const piece = readPiece(text, at)
      if (piece === null) return null
      parts.push(...piece.parts)
      at = piece.next
    } else {
      bare += char
      at++
    }
  }
  const whole = bare
  flush()
  return { token: plain ? { word: parts, plain: whole } : { word: parts }, next: at }
}

function readPiece(text: string, at: number): { parts: Part[]; next: number } | null {
  const char = text[at]
  if (char === '\\') {
    return { parts: [{ kind: 'text', text: text.slice(at + 1, at + 2), quoted: true }], next: at + 2 }
  }
  if (char === "'") {
    const end = text.indexOf("'", at + 1)
    if (end < 0) return null
    return { parts: [{ kind: 'text', text: text.slice(at + 1, end), quoted: true }], next: end + 1 }
  }
  if (char === '$') return readVariable(text, at, false)
  return readDoubleQuoted(text, at + 1)
}

function readVariable(text: string, at: number, quoted: boolean): { parts: Part[]; next: number } | null {
  const match = NAME.exec(text.slice(at, at + 64))
  if (match) {
    const name = match[1] ?? match[2] ?? ''
    return { parts: [{ kind: 'variable', name, quoted }], next: at + match[0].length }
  }
  const sum = ARITHMETIC.exec(text.slice(at, at + MAX_ARITHMETIC))
  if (sum) return { parts: [{ kind: 'arithmetic', name: sum[1] ?? '', quoted }], next: at + sum[0].length }
  if (text[at + 1] === '(' || text[at + 1] === '{') return null
  return { parts: [{ kind: 'text', text: '$', quoted: true }], next: at + 1 }
}

function readDoubleQuoted(text: string, from: number): { parts: Part[]; next: number } | null {
  const parts: Part[] = []
  let [at, plain] = [from, '']
  for (; at < text.length; ) {
    const char = text[at] as string
    if (char === '"') {
      parts.push({ kind: 'text', text: plain, quoted: true })
      return { parts, next: at + 1 }
    }
    if (char === '`') return null
    if (char === '\\' && '$`"\\\n'.includes(text[at + 1] ?? ' ')) {
      plain += text[at + 1] === '\n' ? '' : text[at + 1]
      at += 2
    } else if (char === '$') {
      const variable = readVariable(text, at, true)
      if (variable === null) return null
      parts.push({ kind: 'text', text: plain, quoted: true }, ...variable.parts)
      plain = ''
      at = variable.next
    } else {
      plain += char
      at++
    }
  }
  return null
}

interface Parser {
  readonly tokens: readonly Token[]
  at: number
  depth: number
}

const peek = (p: Parser): Token | undefined => p.tokens[p.at]
const isOperator = (p: Parser, operator: string) => peek(p)?.operator === operator
const isWord = (p: Parser, words: readonly string[]) => words.includes(peek(p)?.plain ?? '')

function takeOperator(p: Parser, operator: string): boolean {
  if (!isOperator(p, operator)) return false
  p.at++
  return true
}

function takeWord(p: Parser, word: string): boolean {
  if (!isWord(p, [word])) return false
  p.at++
  return true
}

/** Up to one of the words that end it, or to `)`, or to the end of the text. */
function list(p: Parser, ends: readonly string[]): Script | null {
  if (++p.depth > MAX_DEPTH) return null
  const items: { script: Script; background: boolean }[] = []
  for (;;) {
    while (takeOperator(p, ';'));
    if (peek(p) === undefined || isOperator(p, ')') || isWord(p, ends)) break
    const script = andOr(p)
    if (script === null) return null
    const background = takeOperator(p, '&')
    items.push({ script, background })
    if (!background && !isOperator(p, ';')) break
  }
  p.depth--
  return { kind: 'list', items }
}

function andOr(p: Parser): Script | null {
  let left = pipeline(p)
  while (left !== null && (isOperator(p, '&&') || isOperator(p, '||'))) {
    const kind = isOperator(p, '&&') ? 'and' : 'or'
    p.at++
    while (takeOperator(p, ';'));
    const right = pipeline(p)
    left = right === null ? null : { kind, left, right }
  }
  return left
}

function pipeline(p: Parser): Script | null {
  if (takeWord(p, '!')) {
    const script = pipeline(p)
    return script === null ? null : { kind: 'not', script }
  }
  const scripts: Script[] = []
  do {
    const script = command(p)
    if (script === null) return null
    scripts.push(script)
  } while (takeOperator(p, '|'))
  return scripts.length === 1 ? (scripts[0] as Script) : { kind: 'pipe', scripts }
}

function command(p: Parser): Script | null {
  if (takeOperator(p, '(')) {
    const body = list(p, [])
    return body !== null && takeOperator(p, ')') ? { kind: 'subshell', body } : null
  }
  if (takeWord(p, '{')) {
    const body = list(p, ['}'])
    return body !== null && takeWord(p, '}') ? { kind: 'group', body } : null
  }
  if (takeWord(p, 'if')) return conditional(p)
  if (isWord(p, ['while', 'until'])) return loop(p)
  if (takeWord(p, 'for')) return forLoop(p)
  return isWord(p, ['case', 'function', 'select', '[[']) ? null : simple(p)
}

function conditional(p: Parser): Script | null {
  const test = list(p, ['then'])
  if (test === null || !takeWord(p, 'then')) return null
  const body = list(p, ['elif', 'else', 'fi'])
  if (body === null) return null
  if (takeWord(p, 'elif')) {
    const otherwise = conditional(p)
    return otherwise === null ? null : { kind: 'if', test, body, otherwise }
  }
  const otherwise = takeWord(p, 'else') ? list(p, ['fi']) : null
  return takeWord(p, 'fi') ? { kind: 'if', test, body, otherwise } : null
}

function loop(p: Parser): Script | null {
  const until = isWord(p, ['until'])
  p.at++
  const test = list(p, ['do'])
  if (test === null || !takeWord(p, 'do')) return null
  const body = list(p, ['done'])
  return body !== null && takeWord(p, 'done') ? { kind: 'while', test, body, until } : null
}

function forLoop(p: Parser): Script | null {
  const name = peek(p)?.plain
  if (name === undefined) return null
  p.at++
  if (!takeWord(p, 'in')) return null
  const words: Word[] = []
  for (let word = peek(p)?.word; word !== undefined; word = peek(p)?.word) {
    words.push(word)
    p.at++
  }
  if (!takeOperator(p, ';') || !takeWord(p, 'do')) return null
  const body = list(p, ['done'])
  return body !== null && takeWord(p, 'done') ? { kind: 'for', name, words, body } : null
}

const ASSIGNMENT = /^([A-Za-z_]\w*)=/

function simple(p: Parser): Script | null {
  const assignments: { name: string; value: Word }[] = []
  const words: Word[] = []
  const redirects: Redirect[] = []
  for (let token = peek(p); token !== undefined && token.operator === undefined; token = peek(p)) {
    p.at++
    if (token.redirect !== undefined) {
      const target = peek(p)?.word
      if (target === undefined) return null
      redirects.push({ operator: token.redirect, target })
      p.at++
      continue
    }
    const word = token.word ?? []
    const assigned = words.length === 0 ? assignment(word) : null
    if (assigned) assignments.push(assigned)
    else words.push(word)
  }
  if (words.length + assignments.length + redirects.length === 0) return null
  return { kind: 'simple', assignments, words, redirects }
}

function assignment(word: Word): { name: string; value: Word } | null {
  const first = word[0]
  if (first?.kind !== 'text' || first.quoted) return null
  const match = ASSIGNMENT.exec(first.text)
  if (match === null) return null
  return { name: match[1] as string, value: [{ ...first, text: first.text.slice(match[0].length) }, ...word.slice(1)] }
}
