import { expect, test } from 'vitest'
import { RULES } from '../src/adapters/catalog.ts'
import { diagnose } from '../src/diagnose.ts'

const LOG = [
  '$ systemctl restart worker@7.service',
  'Job for worker@7.service canceled.',
  'Nov 23 10:00:00 web systemd[1]: Stopping worker@7.service - Worker...',
  'Nov 23 10:00:00 web systemd[1]: Stopped worker@7.service - Worker.',
  'Nov 23 10:00:00 web systemd[1]: Starting worker@7.service - Worker...',
  'Nov 23 10:00:02 web systemd[1]: database@7.service: Main process exited, code=exited, status=1/FAILURE',
  "Nov 23 10:00:02 web systemd[1]: database@7.service: Failed with result 'exit-code'.",
  'Nov 23 10:00:02 web systemd[1]: Stopped worker@7.service - Worker.',
]

const shown = (binding: string) =>
  diagnose(
    [
      '# /etc/systemd/system/worker@.service',
      '[Unit]',
      binding,
      `After=${binding.slice('BindsTo='.length)}`,
      '[Service]',
      'ExecStartPre=/bin/sleep 5',
      'ExecStart=/usr/bin/worker',
      ...LOG,
    ].join('\n'),
    RULES,
  )

test.each(['BindsTo=database@7.service', 'BindsTo=database@%i.service'])(
  "%s in a template is quoted for an instance's binding",
  (binding) => {
    const { cause, candidates, evidence } = shown(binding)
    expect(cause).toBe('bindsto-inactive')
    const quotes = evidence.filter(({ id }) => candidates[0]?.agrees.includes(id)).map(({ quote }) => quote)
    expect(quotes.join('\n')).toContain(binding)
  },
)

test('what is logged before a story begins does not speak against it', () => {
  expect(shown('BindsTo=database@7.service').candidates[0]?.contradicts).toEqual([])
})
