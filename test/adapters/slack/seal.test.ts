// Tokens at rest and the state of an installation: what is not ours, or not whole, does not open.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seal, Unsealable, unseal } from '../../../src/adapters/slack/seal.ts'
import { newState, nonceOf, STATE_SECONDS } from '../../../src/adapters/slack/state.ts'

const KEY = btoa('k'.repeat(32))
const NOW = 1_795_000_000

describe('a sealed token', () => {
  test('opens for its owner, with its key, and is another each time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string({ minLength: 1 }), async (text, owner) => {
        const sealed = await seal(KEY, owner, text)
        expect(await unseal(KEY, owner, sealed)).toBe(text)
        expect(await seal(KEY, owner, text)).not.toBe(sealed)
      }),
      { numRuns: 50 },
    )
  })

  test('for nobody else, with no other key, and not once a bit of it was changed', async () => {
    const sealed = await seal(KEY, 'T1', 'xoxb-token')
    await expect(unseal(KEY, 'T2', sealed)).rejects.toThrow(Unsealable)
    await expect(unseal(btoa('l'.repeat(32)), 'T1', sealed)).rejects.toThrow(Unsealable)
    for (let i = 0; i < atob(sealed).length; i++) {
      const bytes = Uint8Array.from(atob(sealed), (c, at) => c.charCodeAt(0) ^ (at === i ? 1 : 0))
      await expect(unseal(KEY, 'T1', btoa(String.fromCharCode(...bytes)))).rejects.toThrow(Unsealable)
    }
    await expect(unseal(KEY, 'T1', sealed.slice(0, -8))).rejects.toThrow(Unsealable)
  })

  test('there is none under a key that is too short', async () => {
    for (const key of ['', btoa('short'), 'not base64!']) await expect(seal(key, 'T1', 'x')).rejects.toThrow(Unsealable)
  })
})

describe('a state', () => {
  test('is known again until it is ten minutes old, by whoever has the secret', async () => {
    const state = await newState('secret', NOW)
    expect(await nonceOf('secret', state, NOW + STATE_SECONDS - 1)).toBe(state.split('.')[0])
    expect(await nonceOf('secret', state, NOW + STATE_SECONDS)).toBeNull()
    expect(await nonceOf('other', state, NOW)).toBeNull()
  })

  test('with any character changed it is not', async () => {
    const state = await newState('secret', NOW)
    for (let i = 0; i < state.length - 1; i++) {
      const changed = `${state.slice(0, i)}${state[i] === 'a' ? 'b' : 'a'}${state.slice(i + 1)}`
      expect(await nonceOf('secret', changed, NOW)).toBeNull()
    }
  })

  test('nothing else is one, however like one it looks', async () => {
    const like = fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f-]{36}\.9\d{9}\.[\w-]{43}$/))
    await fc.assert(fc.asyncProperty(like, async (text) => (await nonceOf('s', text, NOW)) === null))
  })
})
