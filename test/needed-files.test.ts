// A story has the files that it is about, and plays as it would with all of them.
import { describe, expect, test } from 'vitest'
import { neededFiles } from '../src/hypotheses/needed-files.ts'

const file = (name: string, text = '') => ({ name, text })
const OTHERS = [
  file('z.service', '[Unit]\nAfter=a.service\nWants=a.service\n'),
  file('z.timer', '[Timer]\nOnBootSec=1\n'),
]
const needed = (files: readonly ReturnType<typeof file>[], roots: readonly string[], scripts = {}) =>
  neededFiles([...files, ...OTHERS], roots, new Map(Object.entries(scripts))).map(({ name }) => name)

describe('kept is', () => {
  test.each([
    ['what the story names', [file('a.service')]],
    ['a drop-in', [file('a.service'), file('a.service.d/x.conf')]],
    [
      'what it names',
      [file('a.service', 'BindsTo=b.service\n'), file('b.service', 'After=c.target'), file('c.target')],
    ],
    [
      'what its commands ask for',
      [file('a.service', 'ExecStop=/bin/systemctl --no-block start b\n'), file('b.service')],
    ],
    ['what a folder wishes', [file('a.service'), file('a.service.wants/b.service'), file('b.service')]],
    [
      'what comes by an alias',
      [file('a.service', 'Wants=b.service'), file('c.service', '[Install]\nAlias=b.service\n')],
    ],
    ['what a specifier may mean', [file('a.service', 'Wants=b-%i.socket'), file('b-x.socket'), file('b-x.service')]],
    ['the template of an instance', [file('a.service', 'Wants=b@x.service'), file('b@.service')]],
    ['what a slice is in', [file('a.service', 'Slice=b-c-d.slice'), file('b.slice'), file('b-c.slice')]],
    ['what the file system decides about', [file('srv-data.mount'), file('srv-data.automount')]],
    ['a drop-in of all services', [file('service.d/x.conf'), file('a-.service.d/x.conf')]],
  ])('%s', (_, files) => expect(needed(files, ['a.service'])).toEqual(files.map(({ name }) => name)))

  test('what a script calls', () => {
    const files = [file('a.service', 'ExecStop=/opt/stop.sh'), file('b.service')]
    expect(needed(files, ['a.service'])).toEqual(['a.service'])
    expect(needed(files, ['a.service'], { '/opt/stop.sh': ['systemctl stop b.service'] })).toHaveLength(2)
  })

  test("a trigger's service", () => {
    const files = [file('a.timer'), file('a.service'), file('b.socket', 'Accept=yes'), file('b@.service')]
    expect(needed(files, ['a.timer', 'b.socket'])).toHaveLength(4)
  })
})

test('what nothing names is left out', () => {
  expect(needed([], ['a.service'])).toEqual([])
})
