/**
 * Rendered answers → docs/slack: what is posted, as JSON, and photographs of it, laid out as on a phone. Needs
 * /usr/bin/chromium (or $CHROMIUM); the layout is ours, Slack's own may differ in detail.
 */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { FONT } from '../src/adapters/own-files.ts'
import { toPng } from '../src/adapters/png.ts'
import { phoneLanes } from '../src/render/phone-lanes.ts'
import { answered, INCIDENTS } from '../test/adapters/slack/answers.ts'
import { layout } from '../test/adapters/slack/layout.ts'

const folder = join(import.meta.dirname, '../docs/slack')
mkdirSync(folder, { recursive: true })

const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args })
const page = await browser.newPage({ viewport: { width: 390, height: 600 }, deviceScaleFactor: 1.2 })
for (const [i, [name, pastes]] of Object.entries(INCIDENTS).entries()) {
  const { message, answered: verdict } = await answered(pastes)
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(message, null, 2)}\n`)
  const pixels = phoneLanes(verdict.lines, FONT)
  const data = pixels === null ? '' : `data:image/png;base64,${Buffer.from(await toPng(pixels)).toString('base64')}`
  const pictures = new Map(
    message.blocks.flatMap((block) => (block.type === 'image' ? [[block.image_url, data] as const] : [])),
  )
  // Every other one on dark: both are looked at by somebody at night.
  await page.setContent(layout(message.blocks, { name: i % 2 === 0 ? 'light' : 'dark' }, pictures))
  const photograph = (await page.screenshot({ fullPage: true })).toString('base64')
  writeFileSync(join(folder, `${name}.webp`), Buffer.from(await page.evaluate<string>(asWebp(photograph)), 'base64'))
}
await browser.close()

/** A third of the size. Runs in the browser. */
function asWebp(png: string): string {
  return `(async () => {
    const picture = new Image()
    picture.src = 'data:image/png;base64,${png}'
    await picture.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height })
    canvas.getContext('2d').drawImage(picture, 0, 0)
    return canvas.toDataURL('image/webp', 0.7).split(',')[1]
  })()`
}
