// Values by themselves: spans, words, signals, statuses, names in other names.

import { describe, expect, test } from 'vitest'
import { addToStatusSet, exitStatusName, NO_STATUS, parseUnsigned } from '../../src/systemd/exit-status.ts'
import { extractFirstWord, splitWords, type WordFlags } from '../../src/systemd/extract-word.ts'
import { parseSec, parseSecFix0 } from '../../src/systemd/parse-time.ts'
import { parseSignal } from '../../src/systemd/signal.ts'
import { unitFullPrintf, unitNamePrintf } from '../../src/systemd/specifiers.ts'
import { parseUnitName } from '../../src/systemd/unit.ts'
import { INFINITY_USEC } from '../../src/systemd/unit-config.ts'

const SEC = 1_000_000

// The first dozen are those of systemd's own test/test-time-util.c.
test.each([
  ['5s', 5 * SEC],
  ['5s500ms', 5.5 * SEC],
  [' 5s 500ms  ', 5.5 * SEC],
  [' 5.5s  ', 5.5 * SEC],
  [' 5.5s 0.5ms ', 5.5 * SEC + 500],
  [' .22s ', 220_000],
  [' .50y ', 15_778_800 * SEC],
  ['2.5', 2.5 * SEC],
  ['.7', 700_000],
  ['23us', 23],
  ['23μs', 23],
  ['infinity', INFINITY_USEC],
  [' infinity ', INFINITY_USEC],
  ['+3.1s', 3.1 * SEC],
  ['3.1s.2', 3.3 * SEC],
  ['3.1 .2', 3.3 * SEC],
  ['3.1 sec .2 sec', 3.3 * SEC],
  ['1min20', 80 * SEC],
  ['1M', 2_629_800 * SEC],
  ['1m', 60 * SEC],
  ['0', 0],
  ['', 'EINVAL'],
  [' ', 'EINVAL'],
  ['.', 'EINVAL'],
  ['.s', 'EINVAL'],
  ['3.', 'EINVAL'],
  ['3.sec', 'EINVAL'],
  ['12.34.56', 'EINVAL'],
  ['3.1.2', 'EINVAL'],
  ['3.sec.2', 'EINVAL'],
  ['xyz', 'EINVAL'],
  ['5 x', 'EINVAL'],
  ['infinityinfinity', 'EINVAL'],
  ['-5s ', 'ERANGE'],
  ['-0.3s ', 'ERANGE'],
  ['0.3s -1', 'ERANGE'],
  ['999999999999999999y', 'ERANGE'],
])('parseSec(%j) is %j', (text, usec) => {
  expect(parseSec(text)).toBe(usec)
})

test('where 0 means never', () => {
  expect(parseSecFix0('0')).toBe(INFINITY_USEC)
  expect(parseSecFix0('0s 0ms')).toBe(INFINITY_USEC)
  expect(parseSecFix0('1')).toBe(SEC)
  expect(parseSecFix0('x')).toBe('EINVAL')
})

describe('words', () => {
  const all = (text: string, flags: WordFlags): string[] | 'EINVAL' => {
    const words: string[] = []
    for (let at = 0; ; ) {
      const word = extractFirstWord(text, at, flags)
      if (word === 'EINVAL') return word
      if (word === null) return words
      words.push(word.word)
      at = word.next
    }
  }
  const exec: WordFlags = { unquote: true, cUnescape: true }

  test.each<[string, WordFlags, string[] | 'EINVAL']>([
    ['a  b\tc', {}, ['a', 'b', 'c']],
    ['  ', exec, []],
    ['"a b" \'c "d"\' e"f g"h', exec, ['a b', 'c "d"', 'ef gh']],
    ['"" a', exec, ['', 'a']],
    ['\\x41\\102\\n\\s\\u00e9', exec, ['AB\n é']],
    ['a\\ b', exec, 'EINVAL'],
    ['a\\ b', { ...exec, unescapeRelax: true }, ['a\\ b']],
    ['a\\q', exec, 'EINVAL'],
    ['a\\q', { ...exec, unescapeRelax: true }, ['a\\q']],
    ['a\\', { ...exec, unescapeRelax: true }, ['a\\']],
    ['"a', { ...exec, unescapeRelax: true }, 'EINVAL'],
    ['"a\\', { ...exec, unescapeRelax: true }, 'EINVAL'],
    ['\\x0 \\x00', exec, 'EINVAL'],
    ['"a" \\b', { retainEscape: true }, ['"a"', '\\b']],
  ])('%j with %j', (text, flags, words) => {
    expect(all(text, flags)).toEqual(words)
  })

  test('without meaning for quotes', () => {
    expect(splitWords(' a "b c"\td ')).toEqual(['a', '"b', 'c"', 'd'])
  })
})

test.each([
  ['TERM', 'SIGTERM'],
  ['SIGTERM', 'SIGTERM'],
  ['15', 'SIGTERM'],
  ['RTMIN', 'SIGRTMIN+0'],
  ['SIGRTMIN+3', 'SIGRTMIN+3'],
  ['RTMAX-1', 'SIGRTMIN+29'],
  ['34', 'SIGRTMIN+0'],
  ['SIG15', null],
  ['term', null],
  ['0', null],
  ['65', null],
  ['RTMIN-1', null],
  ['RTMAX+1', null],
  ['', null],
])('signal %j is %j', (text, name) => {
  expect(parseSignal(text)).toBe(name)
})

test('sets of statuses: names and numbers are codes, never signals', () => {
  const { set, refused } = addToStatusSet(NO_STATUS, '1 TEMPFAIL SIGKILL KILL 255 256 nope 0x10 010')
  expect(set).toEqual({ codes: [1, 75, 255, 16, 8], signals: ['SIGKILL'] })
  expect(refused).toEqual(['256', 'nope'])
})

test.each([
  [203, 'EXEC'],
  [200, 'CHDIR'],
  [226, 'NAMESPACE'],
  [240, 'LOGS_DIRECTORY'],
  [255, 'EXCEPTION'],
  [69, 'UNAVAILABLE'],
  [8, undefined],
  [223, undefined],
])('exit status %i is called %s', (code, name) => {
  expect(exitStatusName(code)).toBe(name)
})

test.each([
  ['12', 12],
  ['+12', 12],
  ['0x1f', 31],
  ['0b11', 3],
  ['0o17', 15],
  ['017', 15],
  ['0', 0],
  ['', 'EINVAL'],
  ['1k', 'EINVAL'],
  ['-1', 'ERANGE'],
  ['300', 'ERANGE'],
])('unsigned %j is %j', (text, value) => {
  expect(parseUnsigned(text, 255)).toBe(value)
})

describe('specifiers', () => {
  const of = (name: string, version = 252, manager: 'system' | 'user' = 'system') => ({
    name: parseUnitName(name)!,
    manager,
    fragmentPath: '/etc/systemd/system/x.service',
    version,
  })

  test.each([
    ['%n %N %p %i %j', 'a-b@c\\x2dd-e.service a-b@c\\x2dd-e a-b c\\x2dd-e b'],
    ['%P %I %J %f', 'a/b c-d/e b /c-d/e'],
    ['100%% 5% %', '100% 5% %'],
    ['%-x', '%-x'],
    ['%y %Y', '/etc/systemd/system/x.service /etc/systemd/system'],
    ['%t %S %C %L %E %T', '/run /var/lib /var/cache /var/log /etc /tmp'],
  ])('%s', (format, text) => {
    expect(unitFullPrintf(of('a-b@c\\x2dd-e.service'), format)).toEqual({ text })
  })

  test('letters that nobody knows', () => {
    expect(unitFullPrintf(of('a.service'), '%z')).toEqual({ error: 'EBADSLT' })
    expect(unitFullPrintf(of('a.service', 247), '%y')).toEqual({ error: 'EBADSLT' })
    expect(unitFullPrintf(of('a.service', 252), '%D')).toEqual({ error: 'EBADSLT' })
    expect(unitNamePrintf(of('a.service'), '%I')).toEqual({ error: 'EBADSLT' })
  })

  test('names that get too long', () => {
    expect(unitNamePrintf(of('a.service'), `${'x'.repeat(250)}%n`)).toEqual({ error: 'ENAMETOOLONG' })
    expect(unitNamePrintf(of('a.service'), 'x'.repeat(256))).toEqual({ error: 'ENAMETOOLONG' })
  })

  test('a user has directories at home', () => {
    expect(unitFullPrintf(of('a.service', 252, 'user'), '%t %S %L')).toEqual({
      text: '/run/user/0 /root/.config /root/.config/log',
    })
    expect(unitFullPrintf(of('a.service', 254, 'user'), '%S')).toEqual({ text: '/root/.local/state' })
  })
})
