// A judge that is none of ours, secretlint with its recommended rules, must find nothing in what was masked, and must
// have found something before: otherwise it would be asked in vain.
import { lintSource } from '@secretlint/core'
import { creator } from '@secretlint/secretlint-rule-preset-recommend'
import { describe, expect, test } from 'vitest'
import { masked } from '../../src/adapters/masked.ts'
import { PLACES, SURROUNDED, VENDORS, word } from './samples.ts'

const options = {
  config: {
    rules: [
      {
        id: '@secretlint/secretlint-rule-preset-recommend',
        rule: creator,
        options: {},
        rules: [{ id: '@secretlint/secretlint-rule-aws', options: { enableIDScanRule: true } }],
      },
    ],
  },
}

/** What stands for a secret that was masked. */
const TOKEN = /\[[a-z -]+-\d+\]/

async function found(content: string): Promise<string[]> {
  const source = { filePath: 'paste.txt', content, ext: '.txt', contentType: 'text' } as const
  const { messages } = await lintSource({ source, options })
  return messages.map(({ ruleId, range }) => `${ruleId}: ${content.slice(...range)}`).filter((one) => !TOKEN.test(one))
}

describe.each([...VENDORS, ...SURROUNDED])('%s', (_name, make) => {
  test('is known to the judge', async () => {
    expect(await found(`see ${make(1)} there`)).not.toEqual([])
  })

  test.each(PLACES)('in %s', async (_place, put) => {
    for (const seed of [1, 2, 3]) {
      const secret = make(seed)
      const { text } = masked(put(secret))
      expect(await found(text)).toEqual([])
      for (const part of secret.match(/[A-Za-z0-9]{8,}/g) ?? []) {
        if (!/services|mongodb|postgres|registry|authToken|retryWrites|access|github/i.test(part))
          expect(text).not.toContain(part)
      }
    }
  })
})

describe('a private key', () => {
  const body = [1, 2, 3, 4].map((n) => word(n, 64))
  const pem = (kind: string) => [
    `-----BEGIN ${kind}PRIVATE KEY-----`,
    `MI${body[0]!.slice(2)}`,
    ...body.slice(1),
    `-----END ${kind}PRIVATE KEY-----`,
  ]
  const id = word(9, 40, '0123456789abcdef')
  const written: readonly (readonly [string, string])[] = [
    ['as it is', pem('').join('\n')],
    ['of OpenSSL', pem('RSA ').join('\n')],
    ['of OpenSSH', pem('OPENSSH ').join('\n')],
    ['with CR LF', pem('EC ').join('\r\n')],
    [
      'in JSON',
      JSON.stringify({ type: 'service_account', private_key_id: id, private_key: `${pem('').join('\n')}\n` }),
    ],
    [
      'indented in YAML',
      `key: |\n${pem('')
        .map((line) => `  ${line}`)
        .join('\n')}`,
    ],
    [
      'in the journal',
      pem('')
        .map((line) => `Mar 04 10:00:01 web1 app[7]: ${line}`)
        .join('\n'),
    ],
    ['without its end', pem('').slice(0, 4).join('\n')],
    ['without its beginning', pem('').slice(2).join('\n')],
    ['wrapped anew', pem('').join('\n').replace(/.{40}/g, '$&\n')],
    ['in base64', `client-key-data: ${Buffer.from(pem('RSA ').join('\n')).toString('base64')}`],
  ]

  test.each(written)('%s', async (_how, text) => {
    const { text: left } = masked(`${text}\n\nJob for app.service canceled.`)
    expect(await found(left)).toEqual([])
    for (const line of body) expect(left).not.toContain(line.slice(4, 20))
    expect(left).toContain('Job for app.service canceled.')
  })
})
