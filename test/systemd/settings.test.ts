// What is said of each setting is held against the loader: no value of one without effect changes a unit, and one that
// is simulated does change it.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { SETTINGS_FILE, settingsText } from '../../scripts/settings.ts'
import { CONTEXT_NAMES, type Context, keysOf, sectionsOfContext } from '../../src/systemd/known-keys.ts'
import { effectsOf, mentioned } from '../../src/systemd/setting-effects.ts'
import { createLoader } from '../../src/systemd/unit-load.ts'
import { NEWEST } from '../../src/systemd/versions.ts'

test.each(CONTEXT_NAMES)('%s: every key is in one row, and nothing else is', (context) => {
  const keys = keysOf(context).map(({ key }) => key)
  expect(mentioned(context).sort()).toEqual(keys.sort())
})

test('what is not simulated has a reason', () => {
  const silent = CONTEXT_NAMES.flatMap((context) =>
    [...effectsOf(context)].filter(([, effect]) => effect?.treatment === 'not simulated' && !effect.note),
  )
  expect(silent).toEqual([])
})

test('docs/settings.md is up to date', () => {
  expect(readFileSync(SETTINGS_FILE, 'utf8')).toBe(settingsText())
})

/** Of every kind that a setting may want; each key has some to its taste. */
const VALUES =
  `yes no 0 3 7s /some/path other.service other.socket other.target other.slice isolate reboot inactive-or-failed
  oneshot cgroup /bin/other on-failure direct org.example.Other kill SIGUSR1 all mixed socket tty null journal daily
  patient bind _netdev eth0 auto NAME=value`
    .trim()
    .split(/\s+/)

/** As little as a unit of the section needs to be loaded. */
const NAMES: Readonly<Record<string, string>> = {
  Mount: 'some-where.mount',
  Automount: 'some-where.automount',
  Swap: 'dev-first.swap',
  Scope: 'init.scope',
}
const NEEDED: Readonly<Record<string, string>> = {
  Service: 'ExecStart=/bin/first\n',
  Socket: 'ListenStream=/run/first\n',
  Timer: 'OnBootSec=5\n',
  Path: 'PathExists=/first\n',
  Mount: 'What=/dev/first\nWhere=/some/where\n',
  Automount: 'Where=/some/where\n',
  Swap: 'What=/dev/first\n',
}
/** What makes the difference in a unit that has a bit more. */
const ALSO: Readonly<Record<string, string>> = {
  DeviceAllow: 'RootImage=/an/image\n',
  DevicePolicy: 'RootImage=/an/image\n',
  PrivateDevices: 'RootImage=/an/image\n',
  MountImages: 'PrivateDevices=yes\n',
  PrivatePIDs: 'Type=forking\n',
  StandardError: 'StandardOutput=null\n',
  SetCredential: 'ExecStart=/bin/first\n',
  Symlinks: 'ListenFIFO=/run/second\n',
  RestartMaxDelaySec: 'RestartSteps=3\n',
}

/** The unit with these lines for the key, less what the reading of them had to complain of. */
function loaded(section: string, key: string, values: readonly string[]): string {
  const own = section === 'Unit' || section === 'Install' ? 'Service' : section
  const name = NAMES[own] ?? `a.${own.toLowerCase()}`
  const lines = values.map((value) => `${key}=${value}\n`).join('')
  const text = `[${own}]\n${NEEDED[own] ?? ''}${ALSO[key] ?? ''}[${section}]\n${lines}`
  const load = createLoader([{ name: own === 'Scope' ? `${name}.d/a.conf` : name, text }], {
    version: versionOf(key),
    manager: 'system',
    includeStock: false,
  })
  const { diagnostics: _, ...config } = load(name)
  return JSON.stringify(config)
}

const versionOf = (key: string): number => {
  const known = CONTEXT_NAMES.flatMap(keysOf).find((k) => k.key === key)!
  return Math.min(NEWEST, known.until ?? NEWEST, (known.removedSince || NEWEST + 1) - 1)
}

const cases = (treatment: string): [string, Context, string][] =>
  CONTEXT_NAMES.flatMap((context) =>
    keysOf(context)
      .filter(({ key }) => effectsOf(context).get(key)?.treatment === treatment)
      .map(({ key }): [string, Context, string] => [key, context, sectionsOfContext(context)[0]!]),
  )

describe('the loader agrees', () => {
  test('what is simulated changes a unit', () => {
    const ignored = cases('simulated').filter(([key, , section]) => {
      const plain = loaded(section, key, [])
      return !VALUES.some((value) => loaded(section, key, [value]) !== plain)
    })
    expect(ignored).toEqual([])
  })

  test('what has no effect does not', () => {
    const wrong = cases('no effect on jobs').filter(
      ([key, , section]) => loaded(section, key, VALUES) !== loaded(section, key, []),
    )
    expect(wrong).toEqual([])
  })
})
