/** What src/core/service.c says. */

import type { MessageSpec } from '../messages.ts'

export const SERVICE_MESSAGES = {} as const satisfies Record<string, MessageSpec>
