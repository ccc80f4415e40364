/** What src/core/socket.c, timer.c, path.c, mount.c, automount.c, swap.c, scope.c says. */

import type { MessageSpec } from '../messages.ts'

const line = (level: MessageSpec['level'], text: string, span = {}): MessageSpec => ({
  level,
  prefixed: true,
  wordings: [{ text, ...span }],
})
const warning = (text: string, span = {}): MessageSpec => line('warning', text, span)

export const TRIGGER_MESSAGES = {
  'trigger-none': line('err', 'Refusing to start, no unit to trigger.', { since: 242 }),
  'trigger-not-loaded': {
    level: 'err',
    prefixed: true,
    wordings: [
      { text: 'Refusing to start, unit to trigger not loaded.', until: 241 },
      { text: 'Refusing to start, unit {other} to trigger not loaded.', since: 242 },
    ],
  },
  'trigger-vanished': line('err', 'Unit to trigger vanished.'),
  'trigger-queue-failed': warning('Failed to queue unit startup job: {error}'),
  'trigger-limit-hit': warning('Trigger limit hit, refusing further activation.'),
} as const satisfies Record<string, MessageSpec>
