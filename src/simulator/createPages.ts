import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import { ZodError } from 'zod'

import { control, type ControlOptions } from './control/control.ts'
import { inbox } from './inbox/inbox.ts'
import type { State } from './state.ts'
import { PROVIDERS } from './types.ts'

/** All that is not a send: the inbox, control, and whatever no provider knows. */
export const createPages = (options: ControlOptions): Express => {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(refuseOtherSites)
  app.use('/control', control(options))
  for (const name of PROVIDERS) app.use(`/${name}`, unknown({ name, state: options.state }))
  app.use(inbox(options))
  app.use(complain)
  return app
}

/** A page somewhere on the web must not turn our dials through a browser on this machine. */
const refuseOtherSites: RequestHandler = ({ headers, method }, response, next) => {
  if (method === 'GET' || headers['sec-fetch-site'] !== 'cross-site') next()
  else response.status(403).json({ error: 'Another site asked for this.' })
}

/** Logged too: a wrong path is a mistake to be found. */
const unknown =
  ({ name, state }: { name: (typeof PROVIDERS)[number]; state: State }): RequestHandler =>
  ({ method, originalUrl: path }, response) => {
    const at = state.clock.now().toISOString()
    const code = 'no such resource'
    state.requests.add({
      provider: name,
      at,
      method,
      path,
      status: 404,
      code,
      fault: null,
      ids: [],
    })
    response.status(404).json({ error: `The simulator's ${name} has no ${method} ${path}.` })
  }

const complain: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error)
    return
  }
  const status = error instanceof ZodError ? 400 : ((error as { status?: number }).status ?? 500)
  response.status(status).json({ error: error instanceof Error ? error.message : String(error) })
}
