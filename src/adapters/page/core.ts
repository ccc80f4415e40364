/**
 * The whole core in a Web Worker. Its own Content-Security-Policy (in dist/page/_headers) lets it connect to nowhere:
 * what is typed stays in the browser.
 */

import { explain } from '../../diagnose.ts'
import type { Facts } from '../../evidence/fact.ts'
import { gather } from '../../evidence/gather.ts'
import { catalogOf } from '../../hypotheses/catalog-file.ts'
import type { Catalog } from '../../hypotheses/rule.ts'
import type { Answer } from '../../render/answer.ts'
import { toHtml } from '../../render/html.ts'
import { toMarkdown } from '../../render/markdown.ts'
import { markedPaste } from '../../render/marked.ts'
import { report } from '../../render/report.ts'
import { masked } from '../masked.ts'
import { decode, joined, Unreadable } from '../paste.ts'
import { playground } from '../playground.ts'
import type { Answered, Asked, Question, Reply } from './messages.ts'

let catalog: Catalog | undefined
let last: { readonly text: string; readonly lines: Facts['lines']; readonly answer: Answer } | undefined

addEventListener('message', ({ data: { id, question } }: MessageEvent<Asked>) => {
  postMessage(answered(id, question))
})

function answered(id: number, question: Question): Answered {
  try {
    return { id, reply: replyTo(question) }
  } catch (error) {
    const unreadable = error instanceof Unreadable
    return { id, error: error instanceof Error ? error.message : String(error), unreadable }
  }
}

function replyTo(question: Question): Reply {
  switch (question.kind) {
    case 'catalog':
      catalog = catalogOf(JSON.parse(question.text))
      return { says: '' }
    case 'diagnose': {
      const { text } = question
      if (catalog === undefined) throw new Error('There are no rules yet.')
      const facts = gather(text, question)
      const answer = explain(facts, catalog.rules, question)
      last = { text, lines: facts.lines, answer }
      const words = report(answer)
      return {
        says: `${words.title}: ${answer.summary}`,
        html: String(toHtml(words)),
        markdown: toMarkdown(words),
        masked: answer.redacted.length > 0,
      }
    }
    case 'lines':
      return { says: '', html: last && String(markedPaste(last.text, last.lines, last.answer)) }
    case 'play': {
      const { says, markup } = playground(question.text, question.systemd)
      return { says, html: String(markup) }
    }
    case 'join': {
      const files = question.files.map(({ name, bytes }) => ({ name, text: decode(new Uint8Array(bytes)) }))
      return { says: '', text: joined(files) }
    }
    case 'mask':
      return { says: '', text: masked(question.text).text }
  }
}
