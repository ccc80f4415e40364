/** What is logged of Slack: names of errors, codes and places in our code. Never a message, for those quote payloads. */

import type { Logger } from '@slack/bolt'
import type { Log } from '../http/log.ts'

/** A line about something that failed. Slack's own codes are words such as `channel_not_found`. */
export function failure(error: Error, at = 'slack'): Readonly<Record<string, unknown>> {
  const { code, data, original } = error as Error & { code?: unknown; data?: { error?: unknown }; original?: Error }
  return {
    at,
    error: error.name,
    ...word('code', code),
    ...word('slack', data?.error),
    ...(original instanceof Error && { original: failure(original, at) }),
    stack: places(error),
  }
}

const word = (name: string, value: unknown): object =>
  typeof value === 'string' && /^[a-z_]{1,60}$/.test(value) ? { [name]: value } : {}

const places = (error: Error): string[] =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim())

/** Bolt's and its client's own remarks may hold a URL or a body; that there was one, and of what level, is enough. */
export function boltLogger(log: Log): Logger {
  const say = (level: string) => () => log({ at: 'bolt', level })
  const silent = () => {}
  const level = 'warn' as ReturnType<Logger['getLevel']>
  return {
    debug: silent,
    info: silent,
    warn: say('warn'),
    error: say('error'),
    setLevel: silent,
    getLevel: () => level,
    setName: silent,
  }
}
