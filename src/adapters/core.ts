/** Where every edge meets the core: a paste becomes an answer, a scenario becomes a trace. */

import type { Answer } from '../render/answer.ts'
import { NEWEST } from '../systemd/versions.ts'

export interface DiagnoseOptions {
  /** The release to assume where the paste does not say. */
  readonly systemd?: number
}

/** Until the pipeline is here nothing is recognized, and the answer says so. */
export function answerTo(_paste: string, options: DiagnoseOptions = {}): Answer {
  return {
    schema: 'whyjob/1',
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
    ask: [
      {
        command: 'systemctl status UNIT; journalctl -b -u UNIT -n 50',
        because: 'It shows what the manager did with the unit, and when.',
        tells: [],
      },
    ],
    systemd: { version: options.systemd ?? NEWEST, assumed: options.systemd === undefined },
    redacted: [],
  }
}
