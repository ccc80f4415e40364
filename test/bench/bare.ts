/** What a Worker of Hono does at the least: it reads the body and sends it back. Ours is measured beside it. */

import { Hono } from 'hono'

const app = new Hono()
app.get('/healthz', (c) => c.json({ status: 'ok' }))
app.post('/v1/diagnose', async (c) => c.text(await c.req.text()))

export default app
