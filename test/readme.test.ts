// What the README shows is what comes out. Lines may be left out of it, where it has an ellipsis; none may be made up.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RULES } from '../src/adapters/catalog.ts'
import { diagnose } from '../src/diagnose.ts'
import { report } from '../src/render/report.ts'
import { toText } from '../src/render/text.ts'

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')

test('the sample is answered as the README says', () => {
  const section = /## What it looks like\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? ''
  const [paste = '', shown = ''] = [...section.matchAll(/```\n([\s\S]*?)```/g)].map(([, block]) => block)
  const actual = toText(report(diagnose(paste, RULES))).split('\n')
  let from = 0
  const madeUp = shown.split('\n').filter((line) => {
    if (line === '…' || line === '') return false
    const at = actual.indexOf(line, from)
    if (at >= 0) from = at + 1
    return at < 0
  })
  expect(madeUp).toEqual([])
})
