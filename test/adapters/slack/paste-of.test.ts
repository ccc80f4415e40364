// What Slack makes of pasted text, and that it is what was pasted again.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { saidIn, unescaped } from '../../../src/adapters/slack/paste-of.ts'

const rich = (...elements: object[]) => ({ blocks: [{ type: 'rich_text', elements }] })
const section = (...elements: object[]) => ({ type: 'rich_text_section', elements })
const text = (words: string) => ({ type: 'text', text: words })

describe('blocks', () => {
  test('lines of a code block stay lines, whatever the text beside them says', () => {
    const lines = 'Job for nginx.service canceled.\n# systemctl status nginx\n'
    const message = {
      ...rich(section(text('look:')), { type: 'rich_text_preformatted', elements: [text(lines)], border: 0 }),
      text: 'look:\n```Job for nginx.service canceled. # systemctl status nginx```',
    }
    expect(saidIn(message).text).toBe(`look:\n${lines.trimEnd()}`)
  })

  test('a link is what could be seen of it', () => {
    const mail = { type: 'link', url: 'mailto:getty@tty1.service', text: 'getty@tty1.service' }
    const host = { type: 'link', url: 'http://foo.sh' }
    expect(saidIn(rich(section(text('Stopped '), mail, text(' by '), host))).text).toBe(
      'Stopped getty@tty1.service by http://foo.sh',
    )
    expect(saidIn(rich(section({ type: 'link', url: 'mailto:getty@tty1.service' }))).text).toBe('getty@tty1.service')
  })

  test('mentions are nobody’s evidence, lists and quotes are', () => {
    const list = { type: 'rich_text_list', style: 'bullet', elements: [section(text('a')), section(text('b'))] }
    const quote = { type: 'rich_text_quote', elements: [text('Job for x.service canceled.')] }
    const message = rich(section({ type: 'user', user_id: 'U1' }, text('why?')), list, quote)
    expect(saidIn(message).text).toBe('why?\na\nb\nJob for x.service canceled.')
  })

  test('what bots say is in sections and attachments', () => {
    const section = { type: 'section', text: { type: 'mrkdwn', text: '*x.service* &gt; <http://a.example|failed>' } }
    const fields = [{ title: 'Unit', value: 'x.service' }]
    const attachments = [{ text: 'Job for x.service canceled.', fields }, { blocks: [section] }]
    expect(saidIn({ text: 'alert', attachments }).text).toBe(
      'alert\nJob for x.service canceled.\nUnit: x.service\n*x.service* > failed',
    )
  })

  test('files by their ids', () => {
    expect(saidIn({ text: '', files: [{ id: 'F1', name: 'a' }, { id: 'F2' }, { mode: 'tombstone' }] }).files).toEqual([
      'F1',
      'F2',
    ])
  })
})

describe('text', () => {
  test.each([
    ['a &lt;b&gt; &amp;amp; c', 'a <b> &amp; c'],
    ['<mailto:getty@tty1.service|getty@tty1.service>', 'getty@tty1.service'],
    ['<http://foo.sh|foo.sh> and <https://a.example/x>', 'foo.sh and https://a.example/x'],
    ['<@U1ABC> Job for x.service canceled.', ' Job for x.service canceled.'],
    ['<#C1|incidents> <!here> <!date^1^{date}|today>', '#incidents  today'],
    ['a < b', 'a < b'],
  ])('%s', (given, expected) => {
    expect(unescaped(given)).toBe(expected)
  })

  test('what Slack escapes comes back as it was', () => {
    const asSlack = (one: string) => one.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (one) => void expect(unescaped(asSlack(one))).toBe(one)))
  })
})

test('anything else says nothing, and is no error', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(typeof saidIn(value).text).toBe('string')
      expect(typeof saidIn({ blocks: value, attachments: value, files: value, text: value }).text).toBe('string')
      expect(typeof saidIn({ blocks: [{ type: 'rich_text', elements: value }] }).text).toBe('string')
    }),
  )
  let deep: object = text('x')
  for (let i = 0; i < 10_000; i++) deep = section(deep)
  expect(saidIn(rich(deep)).text).toBe('')
})
