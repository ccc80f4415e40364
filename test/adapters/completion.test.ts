// What is made from the definition of the command line: completions, tried in the shells that are there, and the page.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { manualPage } from '../../src/adapters/cli/man.ts'
import { programOf, SHELLS } from '../../src/adapters/cli/program.ts'

const CLI = join(import.meta.dirname, '../../src/adapters/cli.ts')
const program = programOf(() => {})
const folder = mkdtempSync(join(tmpdir(), 'whyjob-'))
afterAll(() => rmSync(folder, { recursive: true }))

const has = (name: string): boolean => spawnSync(name, ['--version']).error === undefined

const scripts = SHELLS.map((shell) => {
  const text = execFileSync(process.execPath, [CLI, 'completion', shell], { encoding: 'utf8' })
  const path = join(folder, shell)
  writeFileSync(path, text)
  return { shell, text, path }
})

test.each(scripts)('$shell knows every command and option', ({ text }) => {
  for (const command of program.commands) {
    expect(text).toContain(command.name())
    for (const { long } of command.options) expect(text).toContain(long?.slice(2))
  }
  expect(text).toContain('JC101')
})

test.each(scripts.filter(({ shell }) => has(shell)))('$shell can read it', ({ shell, path }) => {
  expect(spawnSync(shell, ['-n', path], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
})

describe.skipIf(!has('bash'))('bash completes', () => {
  test.each([
    [['diag'], ['diagnose']],
    [
      ['audit', '--s'],
      ['--sarif', '--systemd'],
    ],
    [
      ['diagnose', '--systemd', '25'],
      ['250', '251', '252', '253', '254', '255', '256', '257', '258', '259'],
    ],
    [['explain', 'JC10'], expect.arrayContaining(['JC101', 'JC102'])],
    [['explain', 'replace-'], ['replace-irreversibly']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['simulate', 'README'], ['README.md']],
    [['mcp', ''], []],
  ])('%j', (words, expected) => {
    const typed = ['whyjob', ...words].map((word) => `'${word}'`).join(' ')
    const script = `source ${scripts[0]?.path}; COMP_WORDS=(${typed}); COMP_CWORD=${words.length}; _whyjob
for one in "\${COMPREPLY[@]}"; do echo "$one"; done`
    const cwd = join(import.meta.dirname, '../..')
    const said = execFileSync('bash', ['-c', script], { cwd, encoding: 'utf8' })
    const found = said.split('\n').filter(Boolean)
    expect(found).toEqual(expected)
  })
})

describe.skipIf(!has('fish'))('fish completes', () => {
  test.each([
    ['diag', ['diagnose']],
    ['audit --s', ['--sarif', '--systemd']],
    ['explain replace-', ['replace-irreversibly']],
    ['completion ', ['bash', 'fish', 'zsh']],
    ['diagnose --systemd 26', ['260', '261', '262']],
  ])('%s', (typed, expected) => {
    const path = scripts.find(({ shell }) => shell === 'fish')?.path
    const said = execFileSync('fish', ['-c', `source ${path}; complete -C 'whyjob ${typed}'`], { encoding: 'utf8' })
    const found = said.split('\n').filter(Boolean)
    expect(found.map((line) => line.split('\t')[0])).toEqual(expected)
  })
})

describe('the manual page', () => {
  const page = manualPage(program)

  test('has every command and option', () => {
    for (const command of program.commands) {
      expect(page).toContain(`.SS ${command.name()}\n`)
      for (const { flags } of command.options) expect(page).toContain(flags.replaceAll('-', '\\-'))
    }
  })

  test.skipIf(!has('groff'))('is read without a warning', () => {
    const read = spawnSync('groff', ['-man', '-ww', '-Tutf8'], { input: page, encoding: 'utf8' })
    expect(read).toMatchObject({ status: 0, stderr: '' })
    expect(read.stdout).toContain('whyjob')
  })
})
