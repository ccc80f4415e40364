/** What the API gives beside the answer, for the tests and for the OpenAPI document. The Worker does without. */

import * as z from 'zod'
import { Answer, Cause, Code } from '../../render/answer.ts'

export const Simulation = z
  .strictObject({
    systemd: z.int(),
    trace: z.array(z.string()).meta({ description: 'A line for each thing that happened: `SECONDS WHO EVENT`.' }),
    diagnostics: z
      .array(z.string())
      .meta({ description: 'What systemd says of the unit files as it reads them: `FILE:LINE: text`.' }),
  })
  .meta({ id: 'Simulation' })

export const Rule = z
  .strictObject({
    code: Code,
    slug: z.string(),
    cause: Cause,
    mirrors: z.string().meta({ description: "The function of systemd's that decides." }),
    what: z.string(),
    why: z.string(),
    next: z.string(),
    url: z.string(),
  })
  .meta({ id: 'Rule' })

export const Audit = z
  .strictObject({
    findings: z.array(
      z.strictObject({
        code: Code,
        cause: Cause,
        unit: z.string(),
        type: z.string().meta({ description: 'Of the job that can be canceled.' }),
        what: z.string(),
        why: z.string(),
        file: z.string().meta({ description: 'As it was named.' }),
        line: z.int().positive(),
        story: z.string().meta({ description: 'A scenario that anyone can replay.' }),
        assumes: z.array(z.string()),
        remedies: Answer.shape.remedies,
      }),
    ),
    suppressed: z
      .array(
        z.strictObject({
          code: Code,
          cause: Cause,
          unit: z.string(),
          type: z.string(),
          file: z.string(),
          line: z.int().positive(),
          why: z.string().nullable(),
        }),
      )
      .meta({ description: 'Found, and not to be reported: `# whyjob: ignore CODE (why)` in a file, or `ignore`.' }),
    unexplored: z
      .array(z.string())
      .meta({ description: 'Jobs that not all was tried about, as there was too much: TYPE UNIT.' }),
  })
  .meta({ id: 'Audit', description: 'The fewest assumptions first.' })

export const Explanation = z
  .strictObject({
    entries: z.array(
      z.strictObject({
        kind: z.enum(['rule', 'term']),
        title: z.string(),
        code: Code.nullable(),
        url: z.string(),
        markdown: z.string(),
      }),
    ),
  })
  .meta({ id: 'Explanation' })

export const Link = z
  .strictObject({
    id: z.string(),
    url: z.string().meta({ description: 'The answer, for whoever has it.' }),
    expires: z.iso.datetime(),
    deleteToken: z.string().meta({ description: 'Shown once. Only its hash is stored.' }),
    redacted: Answer.shape.redacted,
  })
  .meta({ id: 'Link' })

export const ProblemDocument = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z
      .array(z.object({ line: z.int().optional(), field: z.string().optional(), message: z.string() }))
      .optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457.' })
