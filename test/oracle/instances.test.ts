import { expect, it } from 'vitest'
import { numberInstances } from './instances.ts'

it.each([
  ['a@3-89-1_3454205-0.service', 'a@3-4-1-0.service'],
  ['a@0-89-unknown.service', 'a@0-1-unknown.service'],
  ['a@1-90-127.0.0.1:7001-127.0.0.1:54321.service', 'a@1-2-127.0.0.1:7001-127.0.0.1:40001.service'],
  ['a@1-127.0.0.1:7001-127.0.0.1:54321.service', 'a@1-127.0.0.1:7001-127.0.0.1:40001.service'],
  ['Started x - the other end (127.0.0.1:54321).', 'Started x - the other end (127.0.0.1:40000).'],
  ['a@2-1-0.service, a@0-unknown.service, a@1-2.service', 'a@2-1-0.service, a@0-unknown.service, a@1-2.service'],
])('%s is numbered', (real, numbered) => {
  expect(numberInstances(real)).toBe(numbered)
})
