// Rules of somebody's own, beside whyjob's: on the command line from a folder, at the edge from a binding.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CATALOG } from '../../src/adapters/catalog.ts'
import { rulesWith } from '../../src/adapters/cli/rules.ts'
import { edge } from '../../src/adapters/http.ts'
import { OWN } from '../../src/adapters/own-files.ts'
import { type RulePack, withPack } from '../../src/adapters/rule-pack.ts'
import { diagnose } from '../../src/diagnose.ts'

const RULE = `# Our deploy restarts everything that it has touched.
cause: automation-race
mirrors: job_install(), src/core/job.c
prior: 50
when:
  - focus: { unit: $unit, type: stop, result: canceled }
job: { unit: $unit, type: stop }
what: "The deploy started {unit} again while it was being stopped."
why: "Every deploy of ours ends by starting what it has stopped."
next: "Wait for the deploy."
`
const PASTE = '$ systemctl stop x\nJob for x.service canceled.\n'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'whyjob-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function packOf(files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(folder, 'pack-'))
  mkdirSync(path, { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text)
  return path
}

test('a rule of the folder is asked as all others are', async () => {
  const rules = await rulesWith(packOf({ 'JC701-our-deploy.yaml': RULE }))
  expect(rules.length).toBe(CATALOG.rules.length + 1)
  expect(diagnose(PASTE, rules).candidates.map(({ code }) => code)).toContain('JC701')
  expect(diagnose(PASTE, await rulesWith(undefined)).candidates.map(({ code }) => code)).not.toContain('JC701')
})

describe('what is wrong is told with its file and line', () => {
  test.each([
    ['a code of whyjob', { 'JC101-mine.yaml': RULE }, 'JC101-mine.yaml: its name has to match'],
    ['no cause of ours', { 'JC701-x.yaml': RULE.replace('automation-race', 'magic') }, 'JC701-x.yaml:2: cause: '],
    ['a key that is none', { 'JC701-x.yaml': `${RULE}remedy: none\n` }, 'JC701-x.yaml:1: the file: '],
    ['no YAML', { 'JC701-x.yaml': RULE.replace('prior: 50', 'prior: [50') }, 'JC701-x.yaml:'],
    ['a code twice', { 'JC701-x.yaml': RULE, 'JC701-y.yaml': RULE }, 'JC701: used twice'],
    ['nothing', {}, 'there is no rule in it'],
  ])('%s', async (_, files, says) => {
    await expect(rulesWith(packOf(files))).rejects.toThrow(says)
  })

  test('a folder that is not there', async () => {
    await expect(rulesWith(join(folder, 'nowhere'))).rejects.toThrow('no such folder')
  })
})

describe('at the edge', () => {
  const served = async (pack: RulePack | undefined) => {
    const whole = withPack()
    const app = edge({ files: () => ({ ...OWN, catalog: () => whole(CATALOG, pack) }), log: () => {} })
    const headers = { 'Content-Type': 'text/plain', Accept: 'application/json' }
    return app.request('/v1/diagnose', { method: 'POST', body: PASTE, headers })
  }
  const codesIn = async (response: Response) =>
    ((await response.json()) as { candidates: { code: string }[] }).candidates.map(({ code }) => code)

  test('a pack is asked, too, and read once', async () => {
    const own = await rulesWith(packOf({ 'JC701-our-deploy.yaml': RULE }))
    let reads = 0
    const get = async () => {
      reads++
      return { rules: own.slice(-1) }
    }
    expect(await codesIn(await served({ get }))).toContain('JC701')
    expect(await codesIn(await served(undefined))).not.toContain('JC701')
    const whole = withPack()
    await whole(CATALOG, { get })
    await whole(CATALOG, { get })
    expect(reads).toBe(2)
  })

  test.each([
    ['nothing there', async () => null],
    ['no rules', async () => ({ rules: [] })],
    ['a rule of ours in it', async () => ({ rules: CATALOG.rules.slice(0, 1) })],
    ['nobody there', () => Promise.reject(new Error('connection lost'))],
  ])('%s: nothing is answered', async (_, get) => {
    const response = await served({ get })
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining('RULE_PACK') })
  })
})
