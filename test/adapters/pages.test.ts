// The pages without their script, and the words that are explained there.
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { LOOKS } from '../../scripts/bundle.ts'
import { EXAMPLES } from '../../src/adapters/http/examples.ts'
import { Explanation, Rule } from '../../src/adapters/http/responses.ts'
import { edge } from '../../src/adapters/http.ts'
import { OWN } from '../../src/adapters/own-files.ts'

const Rules = z.object({ rules: z.array(Rule) })
const OUR_SCRIPT = '<script type="module" src="/page.js"></script>'

const app = edge({ files: () => OWN, log: () => {} })

const post = (body: FormData, path: string) => app.request(path, { method: 'POST', body })

const form = (...parts: readonly (readonly [string, string])[]) => {
  const data = new FormData()
  for (const [name, value] of parts) data.append(name, value)
  return data
}

describe('the rules', () => {
  test('are a list and a page each', async () => {
    const { rules } = Rules.parse(await (await app.request('/v1/rules')).json())
    expect(rules.length).toBeGreaterThan(0)
    const index = await (await app.request('/rules')).text()
    for (const { code, url } of rules) {
      expect(index).toContain(`href="/rules/${code}"`)
      const page = await app.request(url)
      expect(page.headers.get('Content-Type')).toContain('text/html')
      expect(await page.text()).toContain(code)
    }
  })

  test('come in the formats that answers come in', async () => {
    const { rules } = Rules.parse(await (await app.request('/v1/rules')).json())
    for (const type of ['application/json', 'text/markdown', 'text/plain']) {
      const response = await app.request(rules[0]?.url ?? '', { headers: { Accept: type } })
      expect(response.headers.get('Content-Type')).toContain(type)
    }
  })

  test.each(['JC999', 'x', '%00', '__proto__'])('%s is none', async (code) => {
    expect((await app.request(`/rules/${code}`)).status).toBe(404)
  })
})

describe('the glossary', () => {
  test.each(['JC101', 'jc101', 'replace-irreversibly', 'isolate', 'bindsto-inactive'])('%s is explained', async (q) => {
    const response = await app.request(`/v1/explain?q=${q}`)
    const { entries } = Explanation.parse(await response.json())
    expect(entries.length).toBeGreaterThan(0)
    for (const { url } of entries) expect((await app.request(url)).status).toBe(200)
  })

  test('comes in the formats that answers come in', async () => {
    for (const type of ['text/markdown', 'text/plain']) {
      const response = await app.request('/v1/explain?q=JC101', { headers: { Accept: type } })
      expect(response.headers.get('Content-Type')).toContain(type)
    }
    const page = await app.request('/v1/explain?q=JC101', { headers: { Accept: 'text/html' } })
    expect(page.headers.get('Location')).toBe('/rules/JC101')
  })

  test.each([
    ['', 400],
    ['?q=', 400],
    ['?q=nonsense', 404],
    ['?q=__proto__', 404],
  ])('%j is a problem', async (query, status) => {
    expect((await app.request(`/v1/explain${query}`)).status).toBe(status)
  })
})

describe('the pages', () => {
  test('every link on them leads to a page, or to a file beside it', async () => {
    const files = LOOKS.map((name) => `/${name}`)
    const seen = new Set(['/'])
    for (const path of seen) {
      if (files.includes(path)) continue
      const response = await app.request(path, { headers: { Accept: 'text/html' } })
      expect(response.status, path).toBe(200)
      if (!response.headers.get('Content-Type')?.startsWith('text/html')) continue
      for (const [, link = ''] of (await response.text()).matchAll(/ href="(\/[^"#]*)/g)) seen.add(link)
    }
    expect(seen.size).toBeGreaterThan(80)
  })
})

describe('the page', () => {
  test('shows the answer and keeps the paste', async () => {
    const paste = '\n</textarea><script>alert(1)</script>'
    const page = await (await post(form(['paste', paste]), '/')).text()
    expect(page).toContain('<h1 id="verdict">')
    expect(page).toMatch(/">\n\r?\n&lt;\/textarea&gt;&lt;script&gt;/)
    expect(page.replace(OUR_SCRIPT, '')).not.toContain('<script')
  })

  test('marks each line of the paste, and the pictures of its answer lead there', async () => {
    const paste = EXAMPLES['bound-unit-exits']?.paste ?? ''
    const page = await (await post(form(['paste', paste]), '/')).text()
    const rows = [...page.matchAll(/<tr id="L(\d+)" class="(\w+)">/g)].map(
      ([, line, standing]) => `${line} ${standing}`,
    )
    expect(rows).toHaveLength(paste.trimEnd().split('\n').length)
    expect(rows).toEqual(expect.arrayContaining(['1 none', '2 for', '6 for', '17 for']))
    const links = [...page.matchAll(/<a href="#L(\d+)"/g)].map(([, line]) => line)
    expect(links).toEqual(expect.arrayContaining(['2', '17']))
    for (const line of links) expect(page).toContain(`<tr id="L${line}"`)
    expect(page).toContain('<title>Units and what ties them</title>')
  })

  test('has examples to try', async () => {
    const page = await (await app.request('/')).text()
    const [, first = ''] = /href="(\/\?example=[^"]+)"/.exec(page) ?? []
    expect(await (await app.request(first)).text()).toContain('canceled.')
    expect(await (await app.request('/?example=__proto__')).text()).toContain('<h2 id="examples">')
  })
})

describe('the playground', () => {
  const STORY = '-- a.service --\n[Service]\nExecStart=/bin/sleep 9\n-- timeline --\n0 systemctl start a\n1 end\n'

  test('plays what is sent, and keeps it', async () => {
    const page = await (
      await post(form(['scenario', STORY.replaceAll('\n', '\r\n')], ['systemd', '252']), '/play')
    ).text()
    expect(page).toContain('simulator of systemd 252')
    expect(page).toContain('a.service job start done')
    expect(page).toContain('<option selected>252</option>')
    expect(page).toContain('[Service]\nExecStart')
  })

  test.each(['', 'nonsense', '<script>alert(1)</script>', '-- timeline --\n0 <b>\n1 end\n'])(
    '%j is said to be none',
    async (text) => {
      const response = await post(form(['scenario', text]), '/play')
      const page = await response.text()
      expect(response.status).toBe(200)
      expect(page).toContain('class="hint"')
      expect(page.replace(OUR_SCRIPT, '')).not.toMatch(/<script|<b>/)
    },
  )

  test('every answer leads there', async () => {
    const example =
      'Job for nginx.service canceled.\n# /etc/systemd/system/nginx.service\n[Unit]\nBindsTo=a.service\nAfter=a.service\n'
    const answer = await (await post(form(['paste', example]), '/')).text()
    expect(answer).toContain('<input type="hidden" name="scenario" value="')
  })
})
