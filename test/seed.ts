/** Laws are tried on the same random worlds each time; `WHYJOB_SEED=N npm test` tries others. */

import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.WHYJOB_SEED ?? 1) })
