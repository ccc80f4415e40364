import { describe, expect, test } from 'vitest'
import { relationsOf, type Scene } from '../../src/render/relations.ts'
import { relationsInWords, relationsPicture } from '../../src/render/relations-picture.ts'

const STORY = `systemd 252
-- web.service --
[Unit]
Requires=api.service
After=api.service
[Service]
ExecStart=/bin/web
-- api.service --
[Unit]
BindsTo=db.service
After=db.service cache.service
Wants=cache.service
[Service]
ExecStart=/bin/api
-- db.service --
[Unit]
Before=cache.service
[Service]
ExecStart=/bin/db
-- maintenance.target --
[Unit]
Conflicts=db.service
-- timeline --
0 systemctl start web
`
const scene = (over: Partial<Scene> = {}): Scene => ({
  story: STORY,
  ended: { unit: 'web.service', what: 'start canceled' },
  by: { unit: 'web.service', what: 'stop' },
  trigger: { unit: 'maintenance.target' },
  ...over,
})

describe('the units of a story', () => {
  test('are tied by what their files say, and by nothing that systemd adds', () => {
    const { edges } = relationsOf(scene())
    expect(edges.map(({ from, to, kinds }) => `${from} ${kinds.join('+')} ${to}`)).toEqual([
      'web.service Requires+After api.service',
      'api.service BindsTo+After db.service',
      'api.service Wants+After cache.service',
      'db.service Before cache.service',
      'maintenance.target Conflicts db.service',
    ])
  })

  test('a cancellation takes the shortest way along them', () => {
    const { way, edges, nodes } = relationsOf(scene())
    expect(way).toEqual(['maintenance.target', 'db.service', 'api.service', 'web.service'])
    expect(edges.filter(({ onTheWay }) => onTheWay)).toHaveLength(3)
    expect(nodes.map(({ name, is }) => `${name} ${is}`)).toEqual([
      'maintenance.target on-the-way',
      'db.service on-the-way',
      'api.service on-the-way',
      'web.service ended',
      'cache.service beside',
    ])
  })

  test('whoever is no unit asks from outside', () => {
    const { way, edges } = relationsOf(scene({ trigger: { who: 'ansible' } }))
    expect(way).toEqual(['ansible', 'web.service'])
    expect(edges.at(-1)).toEqual({ from: 'ansible', to: 'web.service', kinds: ['stop'], onTheWay: true })
  })

  test('a link of a .wants folder is one of them, and inverse settings are turned round', () => {
    const story = `-- a.service --
[Install]
WantedBy=b.target
-- b.target --
[Unit]
-- b.target.wants/a.service --
-- timeline --
0 systemctl start a
`
    const { edges } = relationsOf({ story, ended: { unit: 'a.service', what: '' }, by: null, trigger: null })
    expect(edges).toEqual([{ from: 'b.target', to: 'a.service', kinds: ['Wants'], onTheWay: false }])
  })

  test('more than twelve are counted, not drawn', () => {
    const others = Array.from({ length: 30 }, (_, i) => `u${i}.service`)
    const story = `-- web.service --\n[Unit]\nWants=${others.join(' ')}\n-- timeline --\n0 systemctl start web\n`
    const relations = relationsOf(scene({ story, trigger: { unit: 'u29.service' } }))
    expect(relations.nodes).toHaveLength(12)
    expect(relations.left).toBe(19)
    expect(relations.nodes.map(({ name }) => name)).toContain('u29.service')
    expect(relationsInWords(relations).at(-1)).toBe('19 more units are not shown.')
  })
})

describe('the picture', () => {
  const drawn = (one = scene()) => String(relationsPicture(relationsOf(one)))

  test('says all of it in words, too', () => {
    const words = relationsInWords(relationsOf(scene()))
    expect(words).toContain('web.service: start canceled.')
    expect(words).toContain('maintenance.target → db.service: Conflicts.')
    expect(words).toContain('It came this way: maintenance.target, db.service, api.service, web.service.')
    for (const one of words) expect(drawn()).toContain(one)
  })

  test('is the same every time, and within its frame', () => {
    expect(drawn()).toBe(drawn())
    const [, width = '', height = ''] = /viewBox="0 0 (\d+) (\d+)"/.exec(drawn()) ?? []
    for (const [, x = '', y = '', w = '', h = ''] of drawn().matchAll(
      /<rect x="([\d.]+)" y="([\d.]+)" width="(\d+)" height="(\d+)"/g,
    )) {
      expect(Number(x) + Number(w)).toBeLessThanOrEqual(Number(width))
      expect(Number(y) + Number(h)).toBeLessThanOrEqual(Number(height))
    }
    expect(drawn()).not.toMatch(/NaN|Infinity|undefined|="-/)
  })

  test('no two units are in one place', () => {
    const places = [...drawn().matchAll(/<rect x="([\d.]+)" y="([\d.]+)"/g)].map(([place]) => place)
    expect(new Set(places).size).toBe(5)
  })

  test('names are escaped', () => {
    expect(drawn(scene({ trigger: { who: '<b>"' } }))).toContain('&lt;b&gt;&quot;')
  })
})
