/** A rule's file, checked: what people write in rules/*.yaml becomes a Rule, or a list of what is wrong with it. */

import * as z from 'zod'
import { CAUSES } from './cause.ts'
import { misnamedIn } from './conditions.ts'
import type { Clause, GlossaryEntry, Pattern, TestedRule } from './rule.ts'

const pattern: z.ZodType<Pattern> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(pattern), z.record(z.string(), pattern)]),
)
/** One key. What stands behind it is match.ts's to say. */
const clause = z
  .record(z.string(), z.unknown())
  .refine((value) => Object.keys(value).length === 1, 'a condition has a single key')
  .superRefine((value, context) => {
    const name = misnamedIn(value)
    if (name !== undefined) context.addIssue({ code: 'custom', message: `there is no condition '${name}'` })
  })
  .transform((value) => value as Clause)
const clauses = z.array(clause)
const strings = z.array(z.string())

const job = z.strictObject({ unit: z.string(), type: z.string(), result: z.string().nullable().default('canceled') })

const story = z.strictObject({
  up: strings.optional(),
  slow: z.array(z.strictObject({ unit: z.string(), job: z.string() })).optional(),
  files: z.record(z.string(), z.string()).optional(),
  absent: z.string().optional(),
  timeline: strings.min(1),
  expect: strings.min(1),
})

const remedy = z
  .strictObject({
    title: z.string(),
    why: z.string(),
    risk: z.enum(['reads', 'safe', 'disruptive']),
    when: z.enum(['now', 'for-good']).optional(),
    'only-if': clauses.min(1).optional(),
    'drop-in': z.strictObject({ unit: z.string(), text: z.string() }).optional(),
    edit: z.strictObject({ unit: z.string(), replace: z.record(z.string(), z.string().nullable()) }).optional(),
    unmask: z.string().optional(),
    commands: strings.optional(),
    story: story.optional(),
    timeline: strings.optional(),
    expect: strings.optional(),
  })
  .transform(({ 'drop-in': dropIn, 'only-if': onlyIf, ...rest }) => ({
    ...rest,
    ...(dropIn ? { dropIn } : {}),
    ...(onlyIf ? { onlyIf } : {}),
  }))

const RuleFile = z.strictObject({
  cause: z.enum(CAUSES),
  mirrors: z.string(),
  since: z.int().optional(),
  until: z.int().optional(),
  prior: z.number().positive(),
  when: clauses.min(1),
  certain: z.boolean().optional(),
  told: z.boolean().optional(),
  likelihoods: z
    .array(z.strictObject({ by: z.number().positive(), proves: z.boolean().optional(), when: clauses.min(1) }))
    .default([]),
  defaults: z.record(z.string(), z.string()).optional(),
  'stand-ins': z.record(z.string(), z.string()).optional(),
  job: job.optional(),
  'replaced-by': z.strictObject({ unit: z.string(), type: z.string(), mode: z.string().default('replace') }).optional(),
  trigger: z
    .strictObject({
      kind: z.string(),
      unit: z.string().optional(),
      setting: z.string().optional(),
      client: z.string().optional(),
      text: z.string().optional(),
    })
    .optional(),
  story: story.optional(),
  what: z.string(),
  why: z.string(),
  next: z.string(),
  otherwise: z.string().optional(),
  remedies: z.array(remedy).default([]),
  ask: z
    .array(z.strictObject({ command: z.string(), because: z.string(), tells: z.array(z.enum(CAUSES)).optional() }))
    .default([]),
  references: z.array(z.strictObject({ page: z.string(), section: z.string().optional() })).default([]),
  'fires-on': strings.default([]),
  'silent-on': strings.default([]),
})

const GlossaryFile = z.array(
  z.strictObject({ term: z.string(), text: z.string(), also: strings.default([]), page: z.string().optional() }),
)

export type GlossaryOrProblems =
  | { readonly glossary: readonly GlossaryEntry[] }
  | { readonly problems: readonly string[] }

/** `value` is the parsed YAML of rules/glossary.yaml. */
export function glossaryOf(value: unknown): GlossaryOrProblems {
  const parsed = GlossaryFile.safeParse(value)
  if (!parsed.success) {
    return { problems: parsed.error.issues.map((i) => `glossary.yaml: ${i.path.join('.')}: ${i.message}`) }
  }
  return { glossary: withoutUndefined(parsed.data) as GlossaryEntry[] }
}

const FILE_NAME = /^(JC[1-9]\d\d)-([a-z0-9-]+)\.ya?ml$/

export type RuleOrProblems = { readonly rule: TestedRule } | { readonly problems: readonly string[] }

/** `value` is the parsed YAML. Each problem names the file, the place in it, and what is expected there. */
export function ruleOf(fileName: string, value: unknown): RuleOrProblems {
  const name = FILE_NAME.exec(fileName)
  if (!name) return { problems: [`${fileName}: a rule's file is called JCnnn-what-it-is.yaml`] }
  const parsed = RuleFile.safeParse(value)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((i) => `${fileName}: ${i.path.join('.') || 'the file'}: ${i.message}`)
    return { problems }
  }
  const { 'replaced-by': replacedBy, 'stand-ins': standIns, ...others } = parsed.data
  const { 'fires-on': firesOn, 'silent-on': silentOn, ...rest } = others
  const [, code = '', slug = ''] = name
  const rule = { code, slug, ...rest, replacedBy, standIns, firesOn, silentOn }
  return { rule: withoutUndefined(rule) as TestedRule }
}

const withoutUndefined = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
