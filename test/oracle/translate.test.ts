import { describe, expect, it } from 'vitest'
import { formatEvent } from '../../src/systemd/happening.ts'
import { translate } from './translate.ts'

const debug = (MESSAGE: string): string | null => {
  const happening = translate({ MESSAGE, PRIORITY: '7', USER_UNIT: 'a.service' }, 0)
  return happening === null ? null : `${happening.who} ${formatEvent(happening.event)}`
}

describe('the words of a trace', () => {
  it.each([
    ['a.service: Trying to enqueue job a.service/start/replace', 'a.service enqueue start replace'],
    ['a.service: Installed new job a.service/verify-active as 12', 'a.service job verify-active installed'],
    [
      'a.service: Merged a.service/start into installed job a.service/restart as 12',
      'a.service job start merged restart',
    ],
    ['a.service: Merged into running job, re-running: a.service/reload as 12', 'a.service job reload rerun'],
    ['a.service: Converting job a.service/restart -> a.service/start', 'a.service job restart converted start'],
    ['a.service: Job 12 a.service/stop finished, result=canceled', 'a.service job stop canceled'],
    ['a.service: Changed stop-sigterm -> dead', 'a.service state dead'],
    ['app.slice changed dead -> active', 'app.slice state active'],
    ['a.service: Deactivated successfully.', null],
  ])('%s', (message, words) => expect(debug(message)).toBe(words))

  it('are a line of the journal where it has an id and is not for debugging', () => {
    const line = { MESSAGE: 'Started a.service.', MESSAGE_ID: '39f53479d3a045ac8e11786248231fbf', UNIT: 'a.service' }
    expect(translate({ ...line, PRIORITY: '6' }, 0)?.event).toEqual({ kind: 'log', text: 'Started a.service.' })
    expect(translate({ ...line, PRIORITY: '7' }, 0)).toBeNull()
    expect(translate({ MESSAGE: 'Killing process 5 (x) with signal SIGKILL.', PRIORITY: '5' }, 0)).toBeNull()
  })
})
