// Damage, and what is left of the text after it: each repair tells its kind, and every character knows its place.
import { expect, test } from 'vitest'
import { mend } from '../src/evidence/mend.ts'
import { placeOf } from '../src/evidence/page.ts'

const ESC = '\u001b'

test.each([
  ['colour codes', `${ESC}[0;1;32m●${ESC}[0m a.service`, '● a.service'],
  ['colour codes', `${ESC}]8;;file:///x${ESC}\\x${ESC}]8;;${ESC}\\ y`, 'x y'],
  ['colour codes', '^[[0;1;31mfailed^[[0m', 'failed'],
  ['colour codes', '[0;1;31mfailed[0m', 'failed'],
  ['colour codes', '#033[1mfailed#033[0m', 'failed'],
  ['colour codes', '\\x1b[1mfailed\\x1b[0m', 'failed'],
  ['non-breaking spaces', 'a\u00a0b\u202fc', 'a b c'],
  ['zero-width characters', 'a\u200bb\ufeffc', 'abc'],
  ['smart quotes', '‘stop’ “job”', `'stop' "job"`],
  ['dashes', 'systemctl —no-block stop', 'systemctl --no-block stop'],
  ['dashes', 'journalctl –u docker', 'journalctl -u docker'],
  ['dashes', 'a.service – A', 'a.service - A'],
  [
    'chat links',
    'Job for <mailto:getty@tty1.service|getty@tty1.service> canceled.',
    'Job for getty@tty1.service canceled.',
  ],
  ['chat links', 'see <http://x.service|x.service> and <http://y.service>', 'see x.service and y.service'],
  ['chat links', '[x.service](http://x.service) failed', 'x.service failed'],
  [
    'forum marks',
    'n7 systemd[1]: **relay.service: Unit entered failed state.**',
    'n7 systemd[1]: relay.service: Unit entered failed state.',
  ],
  ['HTML entities', '&lt;x&gt; &quot;a&quot; &#39;b&#x27; &amp;', `<x> "a" 'b' &`],
  ['wrong encoding', 'â—\u008f a.service â€“ A', '● a.service - A'],
  ['wrong encoding', 'â””â”€b', '└─b'],
  ['ligatures', 'conﬁg ﬂush', 'config flush'],
  ['full-width characters', 'Active： active（running）', 'Active: active(running)'],
  ['control characters', 'a\u0007b', 'ab'],
  ['carriage returns', 'a\r', 'a'],
  ['quote marks', '> a', 'a'],
  ['quote marks', '> > a', 'a'],
  ['code marks', '```● a.service', '● a.service'],
  ['code marks', '`Job for x.service canceled.`', 'Job for x.service canceled.'],
  ['pipeline time stamps', '2024-03-04T10:00:02.1234567Z hello', 'hello'],
  ['container prefixes', 'web_1  | hello', 'hello'],
  ['container prefixes', '[pod/web-1/app] hello', 'hello'],
  ['container prefixes', 'n7 # [   12.25] systemd[1]: x', '[   12.25] systemd[1]: x'],
  ['file names before lines', '/var/log/syslog:12:Oct  1 14:40:35 a b: c', 'Oct  1 14:40:35 a b: c'],
])('%s: %s', (kind, damaged, whole) => {
  const { lines, mended } = mend(`${damaged}\n`)
  expect(lines[0]!.text).toBe(whole)
  expect(mended.map((repair) => repair.kind)).toContain(kind)
  const places = [...whole].map((_, i) => placeOf(lines[0]!, i))
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(places.every((place) => place >= 0 && place < damaged.length)).toBe(true)
})

test.each([
  'Oct 01 14:40:35 host systemd[1]: Started /Stage[main]/x[m].',
  '● ├─a.service',
  '× a.service - A',
  'a — b',
  'ExecStart=/bin/relay --match **/*.conf /srv/** relay.service',
  '$ cat <<EOF',
  'if (a < b && c > d)',
  '1240 mnt.mount start waiting',
  'dev-disk-by\\x2duuid-1.device: Changed dead -> plugged',
  '{"a": [0, 1], "m": "[x](y)"}',
])('nothing is wrong with %s', (text) => {
  expect(mend(text).lines[0]!.text).toBe(text.replace('—', '-'))
})

test('numbers before lines go if they count up, but not those of jobs', () => {
  const numbered = ['  7: a', '  8: b', '  9: c'].join('\n')
  expect(mend(numbered).lines.map((line) => line.text)).toEqual(['a', 'b', 'c'])
  const jobs = ['11 a.service start waiting', '12 b.service start waiting', '13 c.service start running'].join('\n')
  expect(mend(jobs).lines.map((line) => line.text)).toEqual(jobs.split('\n'))
  expect(mend('3: a\n9: b\n4: c').lines.map((line) => line.text)).toEqual(['3: a', '9: b', '4: c'])
})

test('bars of a table go from all of its rows or from none', () => {
  expect(mend('| a |\n| b |').lines.map((line) => line.text)).toEqual(['a', 'b'])
  expect(mend('| a\nb').lines.map((line) => line.text)).toEqual(['| a', 'b'])
})
