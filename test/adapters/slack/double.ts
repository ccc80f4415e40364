/**
 * Slack on a port of this machine, stricter than the real one: it knows its tokens, scopes, channels and limits, and
 * keeps a list of whatever it had to refuse. Its clock can be moved.
 */

import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { problemsOfMessage } from './double-blocks.ts'
import { type Call, METHODS, Refusal } from './double-methods.ts'
import { DoubleSocket } from './double-socket.ts'

export interface Message {
  readonly channel: string
  readonly ts: string
  readonly thread?: string
  /** Times it was written: posted, then updated. */
  readonly versions: Readonly<Record<string, unknown>>[]
}

export interface SlackFile {
  readonly id: string
  readonly name: string
  readonly mimetype: string
  readonly bytes: Uint8Array
  /** What files.info says of it in place of the truth. */
  readonly said?: Readonly<Record<string, unknown>>
  /** Where its download leads in place of the bytes. */
  readonly movedTo?: string
}

export interface Team {
  readonly id: string
  readonly name: string
  readonly token: string
  readonly botUserId: string
  readonly enterprise?: string
  /** The token is of the whole organization. */
  readonly isOrg?: boolean
  readonly scopes: Set<string>
  /** Channels that the bot is in. */
  readonly channels: Set<string>
  readonly messages: Message[]
  /** What people said in a thread: its `ts` → messages. */
  readonly threads: Map<string, Readonly<Record<string, unknown>>[]>
  readonly files: Map<string, SlackFile>
  /** What apps published: user → view. */
  readonly homes: Map<string, Readonly<Record<string, unknown>>>
  isActive: boolean
}

export interface ResponseUrl {
  readonly url: string
  readonly answers: Readonly<Record<string, unknown>>[]
}

export const SCOPES = [
  ...['app_mentions:read', 'assistant:write', 'channels:history', 'chat:write', 'commands'],
  ...['files:read', 'groups:history', 'im:history', 'links:read', 'links:write'],
]

/** A response URL that was given out. */
interface Minted {
  readonly at: number
  readonly answers: Record<string, unknown>[]
}

const RESPONSE_URL_USES = 5
const RESPONSE_URL_MS = 30 * 60 * 1000
const TRIGGER_MS = 3000

export class SlackDouble {
  readonly teams = new Map<string, Team>()
  readonly calls: Call[] = []
  readonly refusals: string[] = []
  readonly views: Readonly<Record<string, unknown>>[] = []
  readonly unfurls: Readonly<Record<string, unknown>>[] = []
  /** Codes that a consent page gave, each good once. */
  readonly codes = new Map<string, { readonly team: string; readonly redirectUri: string }>()
  /** Calls of a method that are answered with 429 before one goes through. */
  readonly limited = new Map<string, number>()
  /** Methods that do what they are asked and then hang up. */
  readonly hungUp = new Set<string>()
  /** Set where a host that is none of Slack's was asked for something. */
  readonly strangers: string[] = []
  readonly client = { id: '1.2', secret: 'client-secret' }

  #ahead = 0
  #counter = 0
  #origin = ''
  readonly #triggers = new Map<string, { readonly at: number; used: boolean }>()
  readonly #responses = new Map<string, Minted>()
  readonly #server = createServer((request, response) => void this.#serve(request, response))
  /** Socket mode, which needs a token of its own. */
  readonly socket = new DoubleSocket(this.#server)

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    this.#origin = `http://127.0.0.1:${address.port}`
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  get socketUrl(): string {
    return `${this.#origin.replace('http', 'ws')}/link`
  }

  get apiUrl(): string {
    return `${this.#origin}/api/`
  }

  now(): number {
    return Date.now() + this.#ahead
  }

  /** Lets time pass without waiting for it. */
  pass(ms: number): void {
    this.#ahead += ms
  }

  team(id: string, more: Partial<Pick<Team, 'enterprise' | 'isOrg'>> = {}): Team {
    const team: Team = {
      id,
      name: `Team ${id}`,
      token: `xoxb-${id}-${randomUUID()}`,
      botUserId: `UBOT${id}`,
      scopes: new Set(SCOPES),
      channels: new Set([`C${id}`, `D${id}`]),
      messages: [],
      threads: new Map(),
      files: new Map(),
      homes: new Map(),
      isActive: true,
      ...more,
    }
    this.teams.set(id, team)
    return team
  }

  ofToken(token: string): Team | undefined {
    return [...this.teams.values()].find((team) => team.token === token)
  }

  nextTs(): string {
    this.#counter++
    return `${Math.floor(this.now() / 1000)}.${String(this.#counter).padStart(6, '0')}`
  }

  trigger(): string {
    const id = `${this.#counter++}.${randomUUID()}`
    this.#triggers.set(id, { at: this.now(), used: false })
    return id
  }

  /** Opening a view uses a trigger up, within three seconds. */
  useTrigger(id: unknown): void {
    const trigger = this.#triggers.get(String(id))
    if (trigger === undefined) throw new Refusal('invalid_trigger_id')
    if (trigger.used) throw new Refusal('exchanged_trigger_id')
    if (this.now() - trigger.at > TRIGGER_MS) throw new Refusal('expired_trigger_id')
    trigger.used = true
  }

  responseUrl(team: string): ResponseUrl {
    const path = `/commands/${team}/${this.#counter++}/${randomUUID()}`
    const answers: Record<string, unknown>[] = []
    this.#responses.set(path, { at: this.now(), answers })
    return { url: `${this.#origin}${path}`, answers }
  }

  file(team: Team, file: SlackFile): SlackFile {
    team.files.set(file.id, file)
    return file
  }

  fileUrl(team: Team, file: SlackFile): string {
    return `${this.#origin}/files-pri/${team.id}-${file.id}/download/${encodeURIComponent(file.name)}`
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.#origin)
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString('utf8')
    if (pathname.startsWith('/api/')) return this.#call(pathname.slice('/api/'.length), request, body, response)
    if (pathname.startsWith('/files-pri/')) return this.#download(pathname, request, response)
    const known = this.#responses.get(pathname)
    if (known !== undefined) return this.#answer(known, request, body, response)
    this.strangers.push(`${request.method} ${pathname} ${request.headers.authorization ?? ''}`)
    response.writeHead(404).end('no_service')
  }

  #call(method: string, request: IncomingMessage, body: string, response: ServerResponse): void {
    const left = this.limited.get(method) ?? 0
    if (left > 0) {
      this.limited.set(method, left - 1)
      response.writeHead(429, { 'Retry-After': '1' }).end()
      return
    }
    const say = (value: object) =>
      response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(value))
    try {
      const known = METHODS[method]
      if (known === undefined) throw new Refusal('unknown_method')
      const call: Call = { method, headers: request.headers, ...known.read(this, request, body) }
      this.calls.push(call)
      const answer = known.answer(this, call)
      if (this.hungUp.has(method)) request.socket.destroy()
      else say({ ok: true, ...answer })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.refusals.push(`${method}: ${error.message}${error.details.map((one) => ` (${one})`).join('')}`)
      say({ ok: false, error: error.message, response_metadata: { messages: error.details } })
    }
  }

  /** A page to log in at is what a browser, or a wrong token, gets; with status 200. */
  #download(pathname: string, request: IncomingMessage, response: ServerResponse): void {
    const [, teamId = '', fileId = ''] = /^\/files-pri\/([^-]+)-([^/]+)\//.exec(pathname) ?? []
    const team = this.ofToken((request.headers.authorization ?? '').replace(/^Bearer /, ''))
    const file = team?.id === teamId && team.scopes.has('files:read') ? team.files.get(fileId) : undefined
    if (file === undefined) {
      this.refusals.push(`download: ${pathname}`)
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end('<title>Slack: sign in</title>')
    } else if (file.movedTo !== undefined) {
      response.writeHead(302, { Location: file.movedTo }).end()
    } else {
      response.writeHead(200, { 'Content-Type': file.mimetype }).end(file.bytes)
    }
  }

  #answer(known: Minted, request: IncomingMessage, body: string, response: ServerResponse): void {
    try {
      known.answers.push(this.#checkedAnswer(known, request, body))
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"ok":true}')
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.refusals.push(`response_url: ${error.message}${error.details.map((one) => ` (${one})`).join('')}`)
      response.writeHead(404).end(error.message)
    }
  }

  #checkedAnswer({ at, answers }: Minted, request: IncomingMessage, body: string): Record<string, unknown> {
    if (request.headers.authorization !== undefined) throw new Refusal('a token was sent along')
    if (!/^application\/json/.test(request.headers['content-type'] ?? '')) throw new Refusal('invalid_payload')
    if (answers.length >= RESPONSE_URL_USES) throw new Refusal('used_url')
    if (this.now() - at > RESPONSE_URL_MS) throw new Refusal('expired_url')
    const message = JSON.parse(body) as Record<string, unknown>
    const problems = message.delete_original === true ? [] : problemsOfMessage(message)
    if (problems.length > 0) throw new Refusal('invalid_payload', problems)
    return message
  }
}
