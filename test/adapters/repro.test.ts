// The page's examples as scripts, run on machines of five real systemds: what the simulator says happens there.
import { describe, expect, test } from 'vitest'
import { RULES } from '../../src/adapters/catalog.ts'
import { EXAMPLES } from '../../src/adapters/http/examples.ts'
import { diagnose } from '../../src/diagnose.ts'
import { reproduction } from '../../src/render/reproduction.ts'
import { parseScenario } from '../../src/systemd/scenario.ts'
import { runMachine } from '../lab/machine.ts'
import { VERSIONS, whyNoMachines } from '../oracle/roots.ts'

const why = whyNoMachines()

const stories = Object.entries(EXAMPLES).flatMap(([name, { paste }]) => {
  const { candidates, job } = diagnose(paste, RULES)
  const [first] = candidates
  if (first === undefined || job?.result !== 'canceled') return []
  const made = reproduction(parseScenario(first.story))
  return 'script' in made ? [{ name, script: made.script, ...job }] : []
})

test('there are stories to run', () => expect(stories.length).toBeGreaterThan(1))

describe.skipIf(why !== null)(`real machines${why === null ? '' : `, skipped: ${why}`}`, () => {
  test.concurrent.each(VERSIONS)('systemd %i cancels the same job', { timeout: 240_000, retry: 2 }, async (version) => {
    const played = await runMachine({
      version,
      hostname: 'box',
      fstab: '',
      files: stories.map(({ name, script }) => ({ path: `/root/${name}.sh`, text: script })),
      before: [],
      steps: stories.map(({ name }) => ({ at: 0, id: name, line: `sh /root/${name}.sh` })),
      seconds: 70,
      take: { left: 'ps ax -o args', folders: 'ls /tmp' },
    })
    if ('failed' in played) throw new Error(played.failed)
    for (const { name, unit, type } of stories) {
      expect(played.said[name]?.output, name).toMatch(new RegExp(`Job \\d+ ${unit}/${type} finished, result=canceled`))
    }
    expect(played.taken.left).not.toMatch(/sleep|--user/)
    expect(played.taken.folders).toBe('')
  })
})
