/** Errors as RFC 9457 problem documents, or as a page for whoever prefers one. */

import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { html } from '../../render/markup.ts'
import { page } from './page.ts'

/** One sentence each for the reference page; the anchors there are what `type` points to. */
export const PROBLEMS = {
  'empty-paste': { status: 400, title: 'Nothing was pasted' },
  'not-text': { status: 400, title: 'Not text' },
  'bad-request': { status: 400, title: 'The request cannot be read' },
  'wrong-token': { status: 403, title: 'Not the token of this link' },
  'not-found': { status: 404, title: 'Not found' },
  'nothing-kept': { status: 404, title: 'Links are not kept here' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'paste-too-large': { status: 413, title: 'The paste is too large' },
  'unknown-type': { status: 415, title: 'Unknown content type' },
  'bad-scenario': { status: 422, title: 'The scenario cannot be played' },
  'no-units': { status: 422, title: 'No unit file' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'not-signed': { status: 401, title: 'Not signed' },
  'not-set-up': { status: 501, title: 'Not set up on this instance' },
  'our-fault': { status: 500, title: 'Something broke here' },
  'not-whole': { status: 503, title: 'This deployment is not whole' },
} as const

export type ProblemName = keyof typeof PROBLEMS

/** What is wrong where, for input that has places. */
export interface Detail {
  readonly line?: number
  readonly field?: string
  readonly message: string
}

export class Problem extends Error {
  override readonly name: ProblemName
  readonly details: readonly Detail[]

  constructor(name: ProblemName, message: string, details: readonly Detail[] = []) {
    super(message)
    this.name = name
    this.details = details
  }
}

export function problemResponse(c: Context, problem: Problem, headers: Record<string, string> = {}): Response {
  const { status, title } = PROBLEMS[problem.name]
  const wanted = accepts(c, {
    header: 'Accept',
    supports: ['application/problem+json', 'application/json', 'text/html'],
    default: 'application/problem+json',
  })
  c.header('Cache-Control', 'no-store')
  if (wanted === 'text/html') {
    return c.html(page({ title, body: html`<h1>${title}</h1><p>${problem.message}</p>` }), status, headers)
  }
  const document = {
    type: `/docs#${problem.name}`,
    title,
    status,
    detail: problem.message,
    ...(problem.details.length > 0 && { errors: problem.details }),
  }
  return c.body(`${JSON.stringify(document, null, 2)}\n`, status, {
    ...headers,
    'Content-Type': 'application/problem+json',
  })
}
