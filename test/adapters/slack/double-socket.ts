/** The double's end of socket mode: as much of RFC 6455 as one client and short texts need. */

import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const [TEXT, CLOSE, PING, PONG] = [0x1, 0x8, 0x9, 0xa]

export class DoubleSocket {
  readonly appToken = `xapp-${randomUUID()}`
  #socket: Duplex | undefined
  #received = Buffer.alloc(0)
  readonly #waiting = new Map<string, (payload: unknown) => void>()

  constructor(server: Server) {
    server.on('upgrade', (request, socket) => this.#upgrade(request, socket))
  }

  get isOpen(): boolean {
    return this.#socket !== undefined
  }

  /** Sends what would be posted otherwise; resolves with what it is acknowledged with. */
  deliver(type: 'slash_commands' | 'interactive' | 'events_api', payload: object): Promise<unknown> {
    const id = randomUUID()
    const { promise, resolve } = Promise.withResolvers<unknown>()
    this.#waiting.set(id, resolve)
    this.#send(TEXT, JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload: true }))
    return promise
  }

  #upgrade(request: IncomingMessage, socket: Duplex): void {
    const key = request.headers['sec-websocket-key'] ?? ''
    const accept = createHash('sha1').update(`${key}${GUID}`).digest('base64')
    const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade']
    socket.write(`${[...head, `Sec-WebSocket-Accept: ${accept}`].join('\r\n')}\r\n\r\n`)
    this.#socket = socket
    socket.on('data', (bytes) => this.#take(bytes))
    socket.on('close', () => {
      this.#socket = undefined
    })
    socket.on('error', () => {})
    this.#send(TEXT, JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' } }))
  }

  #send(opcode: number, text: string): void {
    const body = Buffer.from(text)
    const head =
      body.length < 126 ? [0x80 | opcode, body.length] : [0x80 | opcode, 126, body.length >> 8, body.length & 255]
    this.#socket?.write(Buffer.concat([Buffer.from(head), body]))
  }

  /** A client's frames are masked, and come in pieces of any size. */
  #take(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes])
    for (;;) {
      const [first = 0, second = 0] = this.#received
      const short = second & 0x7f
      const start = short === 126 ? 4 : 2
      if (this.#received.length < start + 4) return
      const length = short === 126 ? this.#received.readUInt16BE(2) : short
      const end = start + 4 + length
      if (this.#received.length < end) return
      const mask = this.#received.subarray(start, start + 4)
      const body = this.#received.subarray(start + 4, end).map((byte, i) => byte ^ (mask[i % 4] ?? 0))
      this.#received = this.#received.subarray(end)
      this.#frame(first & 0xf, Buffer.from(body).toString())
    }
  }

  #frame(opcode: number, text: string): void {
    if (opcode === PING) this.#send(PONG, text)
    if (opcode === CLOSE) this.#socket?.end()
    if (opcode !== TEXT) return
    const { envelope_id: id, payload } = JSON.parse(text) as { envelope_id: string; payload?: unknown }
    this.#waiting.get(id)?.(payload)
    this.#waiting.delete(id)
  }
}
