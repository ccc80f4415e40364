// What no recording can show: search paths, links, stock units, names that are none, text that is no unit file.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stockUnits } from '../../src/systemd/stock-units.ts'
import type { UnitConfig } from '../../src/systemd/unit-config.ts'
import { createLoader, type LoaderFile } from '../../src/systemd/unit-load.ts'
import { RECORDED } from '../../src/systemd/versions.ts'

const RUNS = '[Service]\nExecStart=/bin/true\n'

const loaderOf = (files: readonly LoaderFile[], manager: 'system' | 'user' = 'system', version = 252) =>
  createLoader(files, { version, manager, includeStock: false })

const wants = (config: UnitConfig) => config.dependencies.filter(({ type }) => type === 'Wants').map((d) => d.other)
const wanting = (name: string) => `[Unit]\nWants=${name}\n`

describe('files with full paths', () => {
  const at = (path: string, text: string): LoaderFile => ({ name: path, text })

  test('the administrator overrides the distribution, whatever the order', () => {
    const load = loaderOf([
      at('/etc/systemd/system/a.service', `${RUNS}[Unit]\nDescription=etc\n`),
      at('/usr/lib/systemd/system/a.service', `${RUNS}[Unit]\nDescription=usr\n`),
      at('/run/systemd/system/a.service', `${RUNS}[Unit]\nDescription=run\n`),
    ])
    expect(load('a.service')).toMatchObject({
      fragmentPath: '/etc/systemd/system/a.service',
      unit: { description: 'etc' },
    })
  })

  test('drop-ins of one name: the folder of higher priority; the order is that of the names', () => {
    const load = loaderOf([
      at('/usr/lib/systemd/system/a.service', RUNS),
      at('/usr/lib/systemd/system/a.service.d/50-x.conf', wanting('usr.service')),
      at('/etc/systemd/system/a.service.d/50-x.conf', wanting('etc.service')),
      at('/run/systemd/system/a.service.d/10-first.conf', wanting('run.service')),
      at('/etc/systemd/system/service.d/50-x.conf', wanting('type.service')),
    ])
    expect(wants(load('a.service'))).toEqual(['run.service', 'etc.service'])
    expect(load('a.service').dropInPaths).toEqual([
      '/run/systemd/system/a.service.d/10-first.conf',
      '/etc/systemd/system/a.service.d/50-x.conf',
    ])
  })

  test('an unknown folder counts as the administrator`s', () => {
    const load = loaderOf([
      at('/usr/lib/systemd/system/a.service', `${RUNS}[Unit]\nDescription=usr\n`),
      at('/srv/units/a.service', `${RUNS}[Unit]\nDescription=mine\n`),
    ])
    expect(load('a.service').unit.description).toBe('mine')
  })

  test('an own file overrides a stock unit, and its drop-ins join', () => {
    const files = [{ name: 'multi-user.target.d/x.conf', text: wanting('mine.service') }]
    const load = createLoader(files, { version: 252, manager: 'system', includeStock: true })
    expect(wants(load('multi-user.target'))).toContain('mine.service')
    expect(load('multi-user.target').unit.allowIsolate).toBe(true)
    const own = [{ name: 'multi-user.target', text: wanting('mine.service') }]
    expect(wants(createLoader(own, { version: 252, manager: 'system', includeStock: true })('default.target'))).toEqual(
      ['display-manager.service'],
    )
  })
})

describe('links', () => {
  const link = (name: string, target: string): LoaderFile => ({ name, text: '', link: target })

  test('an alias is the unit that it names', () => {
    const load = loaderOf([
      { name: 'ssh.service', text: RUNS },
      link('sshd.service', '/lib/systemd/system/ssh.service'),
    ])
    const unit = load('sshd.service')
    expect(unit.id).toBe('ssh.service')
    expect(unit.names).toEqual(['ssh.service', 'sshd.service'])
    expect(load('ssh.service').names).toEqual(['ssh.service', 'sshd.service'])
  })

  test('a self-dependency through an alias is dropped', () => {
    const load = loaderOf([
      { name: 'a.service', text: `${RUNS}[Unit]\nAfter=b.service\n` },
      link('b.service', 'a.service'),
    ])
    expect(load('a.service').diagnostics.map(({ text }) => text)).toEqual([
      'Dependency After=b.service is dropped, as b.service is merged into a.service.',
    ])
  })

  test('an alias of a template has instances, too', () => {
    const load = loaderOf([{ name: 'a@.service', text: RUNS }, link('b@.service', 'a@.service')])
    expect(load('b@x.service').id).toBe('a@x.service')
    expect(load('b@x.service').names).toEqual(['a@x.service', 'b@x.service'])
  })

  test('drop-ins of an alias count', () => {
    const load = loaderOf([
      { name: 'a.service', text: RUNS },
      link('b.service', 'a.service'),
      { name: 'b.service.d/x.conf', text: wanting('w.service') },
    ])
    expect(wants(load('a.service'))).toEqual(['w.service'])
  })

  test('to nowhere in particular, and in a circle', () => {
    const load = loaderOf([
      link('a.service', '/dev/null'),
      link('b.service', 'c.service'),
      link('c.service', 'b.service'),
    ])
    expect(load('a.service').loadState).toBe('masked')
    expect(load('b.service').loadState).toBe('not-found')
  })
})

describe('names', () => {
  test.each([
    ['x'.repeat(300).concat('.service'), `Unit name ${'x'.repeat(300)}.service is not valid.`],
    ['a b.service', 'Unit name a b.service is not valid.'],
    ['nonsense', 'Unit name nonsense is not valid.'],
    ['', 'Unit name  is not valid.'],
    ['a@.service', 'Unit name a@.service is missing the instance name.'],
  ])('%s', (name, text) => {
    const unit = loaderOf([{ name: 'a@.service', text: RUNS }])(name)
    expect(unit).toMatchObject({ id: name, loadState: 'error', loadError: 'EINVAL', diagnostics: [{ text }] })
  })

  test.each(['constructor.service', '__proto__.service', 'toString.target', 'hasOwnProperty.slice'])('%s', (name) => {
    const load = loaderOf([{ name, text: `${RUNS}[Unit]\n__proto__=1\nconstructor=2\n` }])
    expect(load(name).id).toBe(name)
    expect(['loaded', 'bad-setting']).toContain(load(name).loadState)
  })
})

test('files may come and go between two loads', () => {
  const files: LoaderFile[] = [{ name: 'a.service', text: RUNS }]
  const load = loaderOf(files)
  expect(load('b.service').loadState).toBe('not-found')
  files.push({ name: 'b.service', text: RUNS })
  expect(load('b.service').loadState).toBe('loaded')
  files.splice(0, 1)
  expect(load('a.service').loadState).toBe('not-found')
  files[0] = { name: 'a.service', text: RUNS }
  load.rescan()
  expect(load('a.service').loadState).toBe('loaded')
})

test('as a map, files may be removed by name', () => {
  const files = new Map([['a.service', { name: 'a.service', text: RUNS }]])
  const load = createLoader(files, { version: 252, manager: 'user', includeStock: true })
  expect(load('a.service').loadState).toBe('loaded')
  files.delete('a.service')
  expect(load('a.service').loadState).toBe('not-found')
})

describe.each(RECORDED)('stock units of systemd %i', (version) => {
  test.each([
    ['system', 'shipped'],
    ['system', 'recorded'],
    ['user', 'shipped'],
  ] as const)('%s, %s', (manager, stock) => {
    const load = createLoader([], { version, manager, includeStock: stock })
    for (const { name } of stockUnits(manager, version, stock)) {
      if (name.includes('/')) continue
      expect(load(name)).toMatchObject({ loadState: 'loaded', diagnostics: [] })
    }
  })
})

test('a system`s manager has some units built in since v262', () => {
  const load = (version: number) => loaderOf([], 'system', version)('reboot.target').loadState
  expect([252, 257, 262].map(load)).toEqual(['not-found', 'not-found', 'loaded'])
  expect(loaderOf([], 'user', 262)('reboot.target').loadState).toBe('not-found')
  expect(loaderOf([{ name: 'reboot.target', text: '' }], 'system', 262)('reboot.target').loadState).toBe('masked')
})

describe('whatever the text', () => {
  const word = fc.oneof(
    fc.constantFrom('[Unit]', '[Service]', '[Socket]', '[Timer]', '[Install]', '[X-y]', '[', ']', '=', '\\', '\n'),
    fc.constantFrom('ExecStart=', 'After=', 'Wants=', 'Type=', 'OnCalendar=', 'TimeoutSec=', 'ListenStream=', '#', ';'),
    fc.constantFrom(
      '%i',
      '%',
      '"',
      "'",
      '-',
      '@',
      '/bin/true',
      'a.service',
      'a@.service',
      '5s',
      'yes',
      ' ',
      '\t',
      '\r',
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
  )
  const text = fc.array(word, { maxLength: 60 }).map((words) => words.join(''))
  const types = [
    'service',
    'socket',
    'timer',
    'path',
    'mount',
    'automount',
    'swap',
    'slice',
    'scope',
    'target',
    'device',
  ]

  test('it is loaded or refused, never thrown', () => {
    fc.assert(
      fc.property(text, text, fc.constantFrom(...types), fc.constantFrom(...RECORDED), (own, more, type, version) => {
        const files = [
          { name: `a.${type}`, text: own },
          { name: `a.${type}.d/x.conf`, text: more },
        ]
        const unit = createLoader(files, { version, manager: 'system', includeStock: true })(`a.${type}`)
        expect(unit.id).toBe(`a.${type}`)
        for (const { line } of unit.diagnostics) expect(line).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 2_000 },
    )
  })

  test('a name of any kind gets an answer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom(...types), (name, type) => {
        const load = loaderOf([{ name: `${name}.${type}`, text: RUNS }])
        expect(load(name).id).toBeTypeOf('string')
        expect(load(`${name}.${type}`).id).toBeTypeOf('string')
      }),
    )
  })
})

test('long files are no trouble', () => {
  const lines = 20_000
  const texts = [
    `[Unit]\n${'After=a.service\n'.repeat(lines)}`,
    `[Unit]\nAfter=${'a.service \\\n'.repeat(lines)}`,
    `${RUNS}${'nonsense\n'.repeat(lines)}`,
    `[Service]\nType=oneshot\n${'ExecStart=/bin/true\n'.repeat(lines)}`,
    `${RUNS}${'RuntimeDirectory=a b c\n'.repeat(lines)}`,
    `[Unit]\n${Array.from({ length: lines }, (_, i) => `ConditionPathExists=/${i}\nWants=a${i}.service\n`).join('')}`,
  ]
  for (const body of texts) {
    const start = process.cpuUsage()
    loaderOf([{ name: 'a.service', text: body }])('a.service')
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(2_000)
  }
})
