/** `whyjob mcp`: the tools for assistants, a message a line. Nothing else may be written to stdout. */

import { createInterface } from 'node:readline'
import { respondToText } from '../mcp.ts'
import { OWN } from '../own-files.ts'
import { ANSWERED, print } from './io.ts'

export async function mcp(): Promise<number> {
  for await (const line of createInterface({ input: process.stdin })) {
    const response = line.trim() === '' ? null : await respondToText(line, OWN)
    if (response !== null) await print(`${JSON.stringify(response)}\n`)
  }
  return ANSWERED
}
