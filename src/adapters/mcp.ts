/**
 * The Model Context Protocol, as far as tools without a session need it: a message in, at most one message out. Both
 * transports are next door: lines of stdin, and POST /mcp. The official SDK does the same in 86 KiB gzipped, a third of
 * the Worker; its client is what the tests talk with.
 */

import manifest from '../../package.json' with { type: 'json' }
import type { Files } from './files.ts'
import { callTool, isTool, toolsOf } from './mcp/tools.ts'

/** The newest is offered to whoever asks for one that is not known here. */
const PROTOCOLS = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'] as const

const PARSE_ERROR = -32700
const INVALID_REQUEST = -32600
const METHOD_NOT_FOUND = -32601
const INVALID_PARAMS = -32602
const INTERNAL_ERROR = -32603

type Id = string | number | null

export interface Response {
  readonly jsonrpc: '2.0'
  readonly id: Id
  readonly result?: object
  readonly error?: { readonly code: number; readonly message: string }
}

interface Message {
  readonly id?: unknown
  readonly method?: unknown
  readonly params?: unknown
}

/** Null where none is due: notifications, and answers to what was never asked. */
async function respond(message: unknown, files: Files): Promise<Response | null> {
  if (!isObject(message)) return failure(null, INVALID_REQUEST, 'One message at a time, as an object.')
  const { id, method, params }: Message = message
  if (typeof method !== 'string') return 'result' in message || 'error' in message ? null : invalid()
  if (id === undefined) return null
  if (typeof id !== 'string' && typeof id !== 'number') return invalid()
  try {
    return await handled(id, method, isObject(params) ? params : {}, files)
  } catch {
    return failure(id, INTERNAL_ERROR, 'Something broke here.')
  }
}

/** A text that is one message, whatever it holds. */
export async function respondToText(text: string, files: Files): Promise<Response | null> {
  let message: unknown
  try {
    message = JSON.parse(text)
  } catch {
    return failure(null, PARSE_ERROR, 'That is no JSON.')
  }
  return respond(message, files)
}

async function handled(
  id: Id,
  method: string,
  params: Readonly<Record<string, unknown>>,
  files: Files,
): Promise<Response> {
  switch (method) {
    case 'initialize':
      return success(id, {
        protocolVersion: PROTOCOLS.find((one) => one === params.protocolVersion) ?? PROTOCOLS[0],
        capabilities: { tools: {} },
        serverInfo: { name: manifest.name, version: manifest.version, title: 'whyjob' },
        instructions: manifest.description,
      })
    case 'ping':
      return success(id, {})
    case 'tools/list':
      return success(id, { tools: toolsOf(await files.openapi()) })
    case 'tools/call': {
      const { name, arguments: given = {} } = params
      if (typeof name !== 'string' || !isTool(name)) return failure(id, INVALID_PARAMS, 'There is no such tool.')
      return success(id, callTool(name, given, await files.catalog()))
    }
    default:
      return failure(id, METHOD_NOT_FOUND, 'There is no such method here.')
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const invalid = (): Response => failure(null, INVALID_REQUEST, 'That is no message of JSON-RPC 2.0.')
const success = (id: Id, result: object): Response => ({ jsonrpc: '2.0', id, result })
const failure = (id: Id, code: number, message: string): Response => ({ jsonrpc: '2.0', id, error: { code, message } })
