/** What the API takes. The only schemas in the Worker: zod/mini is a quarter of zod there. */

import * as z from 'zod/mini'
import en from 'zod/v4/locales/en.js'
import { NEWEST, OLDEST } from '../../systemd/versions.ts'

z.config(en())

const described = (description: string) => z.meta({ description })

export const SystemdVersion = z
  .int()
  .check(
    z.minimum(OLDEST),
    z.maximum(NEWEST),
    z.meta({ id: 'SystemdVersion', description: 'The release to assume where the paste does not say.' }),
  )

const File = z.strictObject({ name: z.string(), text: z.string() })

export const DiagnoseRequest = z
  .strictObject({
    paste: z.optional(z.string()),
    files: z.optional(
      z.array(File).check(described('Joined to one paste; the name of a unit file tells whose it is.')),
    ),
    systemd: z.optional(SystemdVersion),
  })
  .check(z.meta({ id: 'DiagnoseRequest', examples: [{ paste: 'Job for nginx.service canceled.', systemd: 252 }] }))

/** What they mean in seconds is in links.ts. */
export const Lifetime = z.enum(['1h', '1d', '30d'])

export const LinkRequest = z
  .strictObject({
    ...DiagnoseRequest.shape,
    expires: z.optional(Lifetime).check(described('How long it is kept: a day, if not said.')),
  })
  .check(z.meta({ id: 'LinkRequest', examples: [{ paste: 'Job for nginx.service canceled.', expires: '1h' }] }))

export const HookRequest = z
  .strictObject({
    ...DiagnoseRequest.shape,
    answerTo: z.optional(z.url()).check(described('Where the answer goes; without it, it is the response.')),
  })
  .check(z.meta({ id: 'HookRequest', examples: [{ paste: 'Job for nginx.service canceled.' }] }))

export const SimulateRequest = z
  .strictObject({ scenario: z.string(), systemd: z.optional(SystemdVersion) })
  .check(z.meta({ id: 'SimulateRequest' }))

export const AuditRequest = z
  .strictObject({
    files: z.array(File).check(described('Unit files and drop-ins; the names tell whose they are.')),
    command: z.optional(z.string()).check(described('Only the jobs that this asks for: `systemctl stop nginx`.')),
    ignore: z
      .optional(z.array(z.string()))
      .check(described('Codes whose findings are not reported, beside those that comments in the files name.')),
    systemd: z.optional(SystemdVersion),
  })
  .check(z.meta({ id: 'AuditRequest' }))

/** For tools; over HTTP it is a query. */
export const ExplainRequest = z
  .strictObject({ query: z.string().check(described("A rule's code, a cause or one of systemd's words.")) })
  .check(z.meta({ id: 'ExplainRequest' }))
