// The pages in a real browser: without a script, with it, and under axe.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundlePage } from '../../scripts/bundle.ts'
import { EXAMPLES } from '../../src/adapters/http/examples.ts'
import { type Served, serve } from './serve.ts'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const PASTE = EXAMPLES['bound-unit-exits']?.paste ?? ''
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let folder = ''
let server: Served
let url: URL
let browser: Browser

describe.skipIf(!existsSync(CHROMIUM))(`in a browser (there has to be a ${CHROMIUM})`, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'whyjob-'))
    await bundlePage(folder)
    server = await serve(folder)
    url = server.url
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    browser = await chromium.launch({ executablePath: CHROMIUM, args })
  })
  afterAll(async () => {
    await browser?.close()
    server?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('without a script the form is sent, and its answer leads to the playground', async () => {
    await visit('/', { javaScriptEnabled: false }, async (page) => {
      await page.fill('#paste', PASTE)
      await page.click('text=Explain')
      expect(await page.textContent('#verdict')).toContain('JC106')
      expect((await page.inputValue('#paste')).trim()).toBe(PASTE.trim())
      await page.click('summary:has-text("The story")')
      await page.click('text=Play with this story')
      expect(await page.textContent('#played')).toContain('nginx.service job start canceled')
    })
  })

  test('with a script it answers while one types, and sends nothing', async () => {
    await visit('/', {}, async (page) => {
      const requests: string[] = []
      page.on('request', (request) => {
        const { pathname } = new URL(request.url())
        if (pathname !== '/icon.svg') requests.push(`${request.method()} ${pathname}`)
      })
      await page.waitForSelector('#status', { state: 'attached' })
      expect(requests).toEqual([])
      await page.fill('#paste', 'Job for nginx.service canceled.')
      await page.waitForSelector('#live #verdict')
      await page.fill('#paste', PASTE)
      await page.waitForSelector('#live #verdict:has-text("JC106")')
      expect(await page.textContent('#status')).toMatch(/^one story fits: /)
      expect(await page.textContent('.lines tr.for')).toContain('fits')
      await page.click('text=Explain')
      await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('verdict')
      expect(requests.sort()).toEqual(['GET /catalog.json', 'GET /core.js', 'GET /rules.js'])
    })
  })

  test.each(['catalog.json', 'rules.js', 'core.js'])('without %s it does not answer, and says so', async (missing) => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'whyjob-'))
    cpSync(folder, elsewhere, { recursive: true })
    rmSync(join(elsewhere, missing))
    const lacking = await serve(elsewhere)
    try {
      const page = await browser.newPage()
      await page.goto(lacking.url.href)
      await page.fill('#paste', PASTE)
      await page.waitForSelector('#status:has-text("could not work it out by itself")')
      expect(await page.textContent('#live')).toBe('Send it')
      cpSync(join(folder, missing), join(elsewhere, missing))
      await page.fill('#paste', `${PASTE}\n`)
      await page.waitForSelector('#live #verdict:has-text("JC106")')
      await page.close()
    } finally {
      lacking.close()
      rmSync(elsewhere, { recursive: true, force: true })
    }
  })

  test('a link keeps the answer, with its secrets masked', async () => {
    let link = ''
    await visit('/', {}, async (page) => {
      await page.fill('#paste', `${PASTE}\nEnvironment=DB_PASSWORD=hunter2hunter2\n`)
      await page.click('text=Copy a link to this answer')
      await page.waitForSelector('#status:has-text("Copied: a link")')
      link = page.url()
      expect(link).toContain('#p=')
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(link)
    })
    await visit(link, {}, async (page) => {
      await page.waitForSelector('#live #verdict:has-text("JC106")')
      const paste = await page.inputValue('#paste')
      expect(paste).toContain('Job for nginx.service canceled.')
      expect(paste).not.toContain('hunter2')
    })
  })

  test('what is masked is shown where it was pasted, on request', async () => {
    await visit('/', {}, async (page) => {
      await page.fill('#paste', PASTE.replace('/bin/mkdir', '/bin/mkdir --context=ops@corp.example.com'))
      await page.waitForSelector('#live #verdict')
      const answer = () => page.textContent('#live article')
      expect(await answer()).not.toContain('ops@corp')
      await page.click('text=Show what was masked')
      await page.waitForSelector('text=Mask it again')
      expect(await answer()).toContain('ops@corp.example.com')
      expect(await violations(page)).toEqual([])
      await page.click('text=Mask it again')
      await page.waitForSelector('text=Show what was masked')
    })
  })

  test('a paste is kept under a short link, masked before it leaves the browser, until it is deleted', async () => {
    await visit('/', {}, async (page) => {
      const sent: string[] = []
      page.on('request', (request) => void sent.push(request.postData() ?? ''))
      await page.fill('#paste', `${PASTE}\nEnvironment=DB_PASSWORD=hunter2hunter2\n`)
      await page.click('summary:has-text("Keep it")')
      await page.click('#keep')
      await page.waitForSelector('h1:has-text("The link is kept")')
      expect(sent.join('')).toContain('Job for nginx.service canceled.')
      expect(sent.join('')).not.toContain('hunter2')
      const token = (await page.textContent('#token')) ?? ''
      expect(await violations(page)).toEqual([])
      await page.click('main a')
      expect(await page.textContent('#verdict')).toContain('JC106')
      expect(await page.inputValue('#paste')).toContain('Job for nginx.service canceled.')
      expect(await violations(page)).toEqual([])
      await page.click('summary:has-text("Delete it")')
      await page.fill('#token-field', token)
      await page.click('text=Delete it now')
      await page.waitForSelector('h1:has-text("Deleted")')
    })
  })

  test('files are dropped on the box', async () => {
    await visit('/', {}, async (page) => {
      await page.evaluate(`{
        const files = new DataTransfer()
        files.items.add(new File(['Job for x.service canceled.\\n'], 'terminal.txt'))
        files.items.add(new File(['[Service]\\nExecStart=/bin/x\\n'], 'x.service'))
        document.querySelector('#ask').dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true }))
      }`)
      await page.waitForSelector('#live #verdict')
      expect(await page.inputValue('#paste')).toContain('# /etc/systemd/system/x.service\n[Service]')
    })
  })

  test('remedies and commands can be copied', async () => {
    await visit('/?example=bound-unit-exits', {}, async (page) => {
      await page.click('#live figure .copy')
      await page.waitForSelector('#status:has-text("Copied")')
      expect(await page.evaluate('navigator.clipboard.readText()')).toContain('RemainAfterExit=yes')
      await page.click('text=Copy as one line')
      await page.waitForSelector('#status:has-text("in one line")')
      expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^one story fits: [^\n]+\n$/)
    })
  })

  test('the playground moves while one edits, and keeps it in its address', async () => {
    await visit('/play', {}, async (page) => {
      const story = await page.inputValue('#scenario')
      expect(await page.textContent('#played')).toContain('slow.service job stop canceled')
      await page.fill('#scenario', story.replace('2    systemctl start', '7    systemctl start'))
      await page.waitForSelector('#played:has-text("job stop done")')
      await expect.poll(() => page.url()).toContain('#p=')
      await visit(page.url(), {}, async (other) => {
        await other.waitForSelector('#played:has-text("job stop done")')
        expect(await other.inputValue('#scenario')).toContain('7    systemctl start')
      })
    })
  })

  test('an answer leads to its story there without sending it', async () => {
    await visit('/?example=bound-unit-exits', {}, async (page) => {
      await page.click('#live summary:has-text("The story")')
      await page.click('#live >> text=Play with this story')
      await page.waitForURL(/\/play#p=/)
      await page.waitForSelector('#played:has-text("nginx.service job start canceled")')
      expect(await page.textContent('#played')).toContain('This is what the trace in the scenario says.')
    })
  })

  test('64 KiB are answered at once', async () => {
    await visit('/', {}, async (page) => {
      await page.fill('#paste', 'x')
      await page.waitForSelector('#live #verdict')
      await page.evaluate('performance.clearMeasures()')
      await page.fill('#paste', noisy(64 * 1024))
      const duration = () => page.evaluate('performance.getEntriesByName("answer")[0]?.duration ?? 0')
      await expect.poll(duration, { timeout: 90_000 }).toBeGreaterThan(0)
      const took = Number(await duration())
      console.log(`answered 64 KiB in ${took.toFixed(0)} ms`)
      // On an idle machine it is a tenth of that.
      expect(took).toBeLessThan(5000)
    })
  })

  const LOOKS: readonly (readonly [string, BrowserContextOptions])[] = [
    ['light', { colorScheme: 'light' }],
    ['dark', { colorScheme: 'dark' }],
    ['on a phone', { viewport: { width: 360, height: 640 } }],
    ['without a script', { javaScriptEnabled: false }],
  ]
  const PAGES = [
    '/',
    '/?example=stop-replaced',
    '/play',
    '/rules',
    '/rules/JC101',
    '/glossary',
    '/docs',
    '/privacy',
    '/nowhere',
  ]

  // Each on its own: on a busy machine axe takes seconds for a long page.
  describe.each(LOOKS)('%s', (_name, look) => {
    const hasScript = look.javaScriptEnabled !== false

    test.each(PAGES)('axe finds nothing on %s, and nothing is wider than the screen', async (path) => {
      await visit(path, look, async (page) => {
        const isExample = path.includes('example')
        if (isExample && hasScript) await page.waitForSelector('.lines')
        if (isExample && !hasScript) await page.click('text=Explain')
        // Axe itself is a script.
        if (hasScript) expect(await violations(page)).toEqual([])
        const wider = 'document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth'
        expect(await page.evaluate(wider)).toBe(0)
      })
    })
  })
})

/** A page of its own, on which no error may be reported and nothing be loaded from elsewhere. */
async function visit(path: string, options: BrowserContextOptions, use: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ ...options, permissions: ['clipboard-read', 'clipboard-write'] })
  try {
    context.setDefaultTimeout(90_000)
    const page = await context.newPage()
    const wrong: string[] = []
    page.on('pageerror', (error) => wrong.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('404')) wrong.push(message.text())
    })
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== url.origin) wrong.push(request.url())
    })
    await page.goto(new URL(path, url).href)
    await use(page)
    expect(wrong).toEqual([])
  } finally {
    await context.close()
  }
}

async function violations(page: Page): Promise<unknown> {
  await page.evaluate(AXE)
  const found = 'violations.map(({ id, nodes }) => id + ": " + nodes[0].html.slice(0, 200))'
  return page.evaluate(`axe.run().then(({ violations }) => ${found})`)
}

/** The example within a journal of that many bytes. */
function noisy(bytes: number): string {
  const lines: string[] = []
  for (let i = 0, size = PASTE.length; size < bytes; i++) {
    const line = `Apr 30 22:${String(i % 60).padStart(2, '0')}:07 host app[${i + 100}]: request ${i} took 17 ms`
    lines.push(line)
    size += line.length + 1
  }
  return `${PASTE}\n${lines.join('\n')}\n`
}
