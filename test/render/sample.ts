// Answers written by hand, one for each outcome, and one whose every string is hostile.
import type { Answer } from '../../src/render/answer.ts'

export const STORY = `# A start request replaces a running stop job.
systemd 252
-- test-server.service --
[Service]
ExecStart=/usr/bin/test-server
ExecStop=/bin/sleep 3
-- timeline --
0    systemctl start test-server.service
1    systemctl stop test-server.service
2    systemctl start test-server.service
6    end
`

export const TRACE = `  0.0 test-server.service enqueue start replace
  0.0 test-server.service job start installed
  0.0 test-server.service state running
  0.0 test-server.service job start done
  0.0 client systemctl start test-server.service => 0
  1.0 test-server.service enqueue stop replace
  1.0 test-server.service job stop installed
  1.0 test-server.service state stop
  2.0 test-server.service enqueue start replace
  2.0 test-server.service job stop canceled
  2.0 test-server.service job start installed
  2.0 client systemctl stop test-server.service => 1 Job for test-server.service canceled.
  4.0 test-server.service state stop-sigterm
  4.0 test-server.service state dead
  4.0 test-server.service state running
  4.0 test-server.service job start done
  4.0 client systemctl start test-server.service => 0
`

const start = { unit: 'test-server.service', type: 'start', mode: 'replace' } as const
const client = { kind: 'client', client: 'ansible', text: 'A start of test-server.service came at 10:00:02.' } as const

export const explained: Answer = {
  schema: 'whyjob/1',
  outcome: 'explained',
  job: { unit: 'test-server.service', type: 'stop', result: 'canceled' },
  replacedBy: start,
  cause: 'opposing-request',
  code: 'JC101',
  confidence: 0.92,
  trigger: client,
  summary: 'A start job for test-server.service replaced its unfinished stop job.',
  explanation:
    'A unit holds one job. A conflicting one that is installed cancels it; above debug level nothing says so.',
  candidates: [
    {
      cause: 'opposing-request',
      code: 'JC101',
      probability: 0.92,
      replacedBy: start,
      trigger: client,
      story: STORY,
      agrees: ['e1', 'e2'],
      contradicts: [],
      assumes: ['The stop took at least a second.'],
      trace: TRACE,
    },
    {
      cause: 'user-cancelled',
      code: 'JC301',
      probability: 0.05,
      replacedBy: null,
      trigger: null,
      story: STORY,
      agrees: ['e1'],
      contradicts: ['e2'],
      assumes: [],
      trace: TRACE,
    },
  ],
  evidence: [
    {
      id: 'e1',
      kind: 'job-finished',
      source: 'systemctl',
      quote: 'Unable to stop service test-server: Job for test-server.service canceled.',
      line: 2,
      start: 20,
      end: 93,
    },
    {
      id: 'e2',
      kind: 'log',
      source: 'journalctl',
      quote: 'Nov 22 10:00:04 host systemd[1]: Started Test server.',
      line: 12,
      start: 300,
      end: 353,
    },
  ],
  remedies: [
    {
      title: 'Let the stop finish first',
      why: 'A request in mode `fail` is refused while a conflicting job is there.',
      risk: 'Whoever starts it has to try again.',
      dropIn: {
        path: '/etc/systemd/system/test-server.service.d/stop.conf',
        text: '[Service]\nExecStop=\nExecStop=/bin/kill $MAINPID\n',
      },
      commands: ['systemctl --job-mode=fail start test-server.service'],
      proof: { before: 'stop canceled', after: 'stop done', scenario: STORY },
    },
  ],
  ask: [
    {
      command: 'journalctl -b -u test-server.service',
      because: 'If it says "Started" just after, it was a start.',
      tells: ['opposing-request', 'timer-activation'],
    },
  ],
  systemd: { version: 252, assumed: false },
  redacted: [{ kind: 'host', count: 2 }],
}

export const candidates: Answer = {
  ...explained,
  outcome: 'candidates',
  confidence: 0.5,
  summary: 'A job for test-server.service was canceled, but nothing pasted shows what displaced it.',
  remedies: [],
  systemd: { version: 262, assumed: true },
  redacted: [],
}

export const notCancellation: Answer = {
  ...explained,
  outcome: 'not-a-cancellation',
  job: { unit: 'test-server.service', type: 'start', result: 'failed' },
  replacedBy: null,
  cause: 'process-failure',
  code: 'JC401',
  trigger: null,
  summary: 'No job was displaced: the main process of test-server.service exited with status 1.',
  candidates: [],
  ask: [],
  redacted: [],
}

export const noEvidence: Answer = {
  ...explained,
  outcome: 'no-evidence',
  job: null,
  replacedBy: null,
  cause: null,
  code: null,
  confidence: 0,
  trigger: null,
  summary: 'Nothing pasted speaks of a systemd unit.',
  explanation: '',
  candidates: [],
  evidence: [],
  remedies: [],
  redacted: [],
}

/** The same answer with every string of the user's, and every word of ours, replaced. */
export function hostile(text: string): Answer {
  const spoil = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string')
      return KEPT.has(key) ? value : key === 'trace' ? `  0.0 ${spoiledTrace(text)}\n` : text
    if (Array.isArray(value)) return value.map((item) => spoil(item, KEPT.has(key) ? key : ''))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, spoil(inner, name)]))
  }
  return spoil(explained) as Answer
}

/** Fields that hold one of a closed set of words, and the references between the parts. */
const KEPT = new Set(['schema', 'outcome', 'cause', 'code', 'id', 'agrees', 'contradicts', 'tells'])

const spoiledTrace = (text: string): string => `client ${text.replace(/\s/g, ' ')} => 1 ${text.replace(/\s/g, ' ')}`
