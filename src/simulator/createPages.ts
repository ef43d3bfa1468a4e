import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import { ZodError } from 'zod'

import { createControl, type ControlOptions } from './control/createControl.ts'
import { createInbox } from './inbox/createInbox.ts'
import type { State } from './state.ts'
import { PROVIDERS } from './types.ts'

/** Creates everything that is not a send: the inbox, the control routes, and unknown paths. */
export const createPages = (options: ControlOptions): Express => {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(refuseOtherSites)
  app.use('/control', createControl(options))
  for (const name of PROVIDERS)
    app.use(`/${name}`, answerUnknownPath({ name, state: options.state }))
  app.use(createInbox(options))
  app.use(answerError)
  return app
}

/** Another web site must not control the simulator through a browser on this machine. */
const refuseOtherSites: RequestHandler = ({ headers, method }, response, next) => {
  if (method === 'GET' || headers['sec-fetch-site'] !== 'cross-site') next()
  else response.status(403).json({ error: 'Requests from other sites are refused.' })
}

/** It is logged too, so that a wrong path can be found. */
const answerUnknownPath =
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

const answerError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error)
    return
  }
  const status = error instanceof ZodError ? 400 : ((error as { status?: number }).status ?? 500)
  response.status(status).json({ error: error instanceof Error ? error.message : String(error) })
}
