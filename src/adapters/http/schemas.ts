/** What the API takes and gives, beside the answer itself. */

import * as z from 'zod'
import { Cause, Code } from '../../render/answer.ts'
import { NEWEST, OLDEST } from '../../systemd/versions.ts'

export const SystemdVersion = z.int().min(OLDEST).max(NEWEST).meta({
  id: 'SystemdVersion',
  description: 'The release to assume where the paste does not say.',
})

export const DiagnoseRequest = z
  .strictObject({
    paste: z.string().optional(),
    files: z
      .array(z.strictObject({ name: z.string(), text: z.string() }))
      .optional()
      .meta({ description: 'Joined to one paste; the name of a unit file tells whose it is.' }),
    systemd: SystemdVersion.optional(),
  })
  .meta({ id: 'DiagnoseRequest', examples: [{ paste: 'Job for nginx.service canceled.', systemd: 252 }] })

export const SimulateRequest = z
  .strictObject({ scenario: z.string(), systemd: SystemdVersion.optional() })
  .meta({ id: 'SimulateRequest' })

export const Simulation = z
  .strictObject({
    systemd: z.int(),
    trace: z.array(z.string()).meta({ description: 'A line for each thing that happened: `SECONDS WHO EVENT`.' }),
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
