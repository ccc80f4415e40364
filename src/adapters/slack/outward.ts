/**
 * The one door out. Only Slack's own addresses pass, and no redirect is followed: a payload, even a signed one, does
 * not choose where a token or an answer goes.
 */

export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>

export class Refused extends Error {}

const SLACK_API = 'https://slack.com/api/'

export interface Addresses {
  /** The Web API, with the slash at its end. */
  readonly api: string
  /** Where calls and answers to a response URL may go. */
  readonly calls: readonly string[]
  /** Where files are; the token goes to these and to no other. */
  readonly files: readonly string[]
}

/** Slack's, or a double's for tests; with a double, Slack itself is no longer among them. */
export function addresses(apiUrl: string = SLACK_API): Addresses {
  if (apiUrl === SLACK_API) {
    return {
      api: SLACK_API,
      calls: ['https://slack.com', 'https://hooks.slack.com'],
      files: ['https://files.slack.com'],
    }
  }
  const { origin } = new URL(apiUrl)
  return { api: apiUrl, calls: [origin], files: [origin] }
}

/** The Web API's client asks for `redirect: 'error'`, which workerd does not know, and calls fetch as its own method. */
export const outward =
  ({ calls }: Addresses): Fetch =>
  async (url, init) => {
    const target = new URL(url)
    if (!isAmong(calls, target)) throw new Refused('not an address of Slack')
    const response = await fetch(target, { ...init, redirect: 'manual' })
    if (response.status >= 300 && response.status < 400) throw new Refused('a redirect')
    return response
  }

/** Origins are compared as parsed, so that user names, ports, case and look-alikes do not matter. */
export const isAmong = (origins: readonly string[], url: URL): boolean =>
  origins.includes(url.origin) && url.username === '' && url.password === ''
