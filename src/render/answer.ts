/**
 * The answer's public shape, `"schema": "whyjob/1"`. The types, the OpenAPI document and the tests all come from here.
 * Only the edge loads this module at run time: everyone else imports its types, so that the command line starts without
 * a schema library.
 */

import * as z from 'zod'
import { CAUSES } from '../hypotheses/cause.ts'

const OUTCOMES = ['explained', 'candidates', 'not-a-cancellation', 'no-evidence'] as const

export const Cause = z.enum(CAUSES).meta({ id: 'Cause', description: 'Why, in one word of a closed vocabulary.' })

export const Code = z
  .string()
  .regex(/^JC\d{3}$/)
  .meta({ id: 'Code', description: "A rule's public code; its page is /rules/CODE.", examples: ['JC101'] })

const Probability = z.number().min(0).max(1)

const Job = z
  .strictObject({
    unit: z.string(),
    type: z.string(),
    result: z
      .string()
      .nullable()
      .meta({ description: "systemd's word for how it ended; null if the paste does not say." }),
  })
  .meta({ id: 'Job', description: 'The job asked about.' })

const ReplacedBy = z
  .strictObject({
    unit: z.string(),
    type: z.string(),
    mode: z.string(),
    id: z.int().nonnegative().optional().meta({ description: 'Its number, where the paste has it.' }),
  })
  .meta({ id: 'ReplacedBy', description: 'The job that displaced it.' })

const Trigger = z
  .strictObject({
    kind: z.string().meta({ examples: ['client', 'timer', 'dependency'] }),
    unit: z.string().optional(),
    setting: z
      .string()
      .optional()
      .meta({ examples: ['BindsTo='] }),
    client: z
      .string()
      .optional()
      .meta({ examples: ['ansible'] }),
    text: z.string().meta({ description: 'The same in words.' }),
  })
  .meta({ id: 'Trigger', description: 'What asked for the displacing job.' })

const EvidenceIds = z.array(z.string())

const Candidate = z
  .strictObject({
    cause: Cause,
    code: Code,
    probability: Probability,
    replacedBy: ReplacedBy.nullable(),
    trigger: Trigger.nullable(),
    story: z.string().meta({ description: 'A scenario that anyone can replay.' }),
    agrees: EvidenceIds.meta({ description: 'Ids of evidence that the story explains.' }),
    contradicts: EvidenceIds.meta({ description: 'Ids of evidence that the story cannot explain.' }),
    assumes: z.array(z.string()).meta({ description: 'What the paste does not show and the story needs.' }),
    trace: z.string().meta({ description: 'What happens when the story is played, a line each.' }),
  })
  .meta({ id: 'Candidate' })

const Evidence = z
  .strictObject({
    id: z.string(),
    kind: z.string(),
    source: z.string().meta({ examples: ['journalctl', 'systemctl cat'] }),
    quote: z.string(),
    line: z.int().positive(),
    start: z.int().nonnegative().meta({ description: 'Offset into the paste, in UTF-16 units.' }),
    end: z.int().nonnegative(),
  })
  .meta({ id: 'Evidence', description: 'A line of the paste, as it was pasted.' })

const Remedy = z
  .strictObject({
    title: z.string(),
    why: z.string(),
    risk: z.string(),
    dropIn: z.strictObject({ path: z.string(), text: z.string() }).nullable(),
    commands: z.array(z.string()),
    proof: z
      .strictObject({ before: z.string(), after: z.string(), scenario: z.string() })
      .nullable()
      .meta({ description: 'How the story ends without and with it; null if that could not be shown.' }),
  })
  .meta({ id: 'Remedy' })

const Ask = z
  .strictObject({ command: z.string(), because: z.string(), tells: z.array(Cause) })
  .meta({ id: 'Ask', description: 'What to paste next.' })

export const Answer = z
  .strictObject({
    schema: z.literal('whyjob/1'),
    outcome: z.enum(OUTCOMES),
    job: Job.nullable(),
    replacedBy: ReplacedBy.nullable(),
    cause: Cause.nullable(),
    code: Code.nullable(),
    confidence: Probability,
    trigger: Trigger.nullable(),
    summary: z.string(),
    explanation: z.string(),
    candidates: z.array(Candidate).meta({ description: 'Ranked; the first is the answer.' }),
    evidence: z.array(Evidence),
    remedies: z.array(Remedy),
    ask: z.array(Ask).meta({ description: 'The most telling first.' }),
    systemd: z.strictObject({ version: z.int().positive(), assumed: z.boolean() }),
    redacted: z.array(z.strictObject({ kind: z.string(), count: z.int().positive() })),
  })
  .meta({ id: 'Answer' })

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T

export type Answer = DeepReadonly<z.infer<typeof Answer>>
export type Candidate = Answer['candidates'][number]
export type Evidence = Answer['evidence'][number]
export type Remedy = Answer['remedies'][number]
export type Ask = Answer['ask'][number]
export type Trigger = NonNullable<Answer['trigger']>
export type ReplacedBy = NonNullable<Answer['replacedBy']>
