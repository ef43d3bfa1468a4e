import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import express from 'express'
import next from 'next'
import { getPayload } from 'payload'

import config from '../../payload.config.ts'
import { readEnv } from '../env.ts'
import { closePayload } from './closePayload.ts'
import { clientAddress } from './edge/clientAddress.ts'
import { forbidFraming } from './edge/forbidFraming.ts'
import { health } from './edge/health.ts'
import { inviteRedirect } from './edge/inviteRedirect.ts'
import { requestId } from './edge/requestId.ts'
import { projectRoot } from '../projectRoot.ts'

export type Web = { url: string; close: () => Promise<void> }

/**
 * Starts the web process: Express for the edge routes, which never enter Next, and Next with
 * Payload (admin, REST, GraphQL) behind it. Resolves when it listens and Next is ready.
 */
export const startWeb = async ({ isDevelopment = false } = {}): Promise<Web> => {
  const env = readEnv()
  const payload = await getPayload({ config })
  const app = express()
  app.disable('x-powered-by')
  app.use(forbidFraming)
  app.use(requestId)
  app.use(clientAddress({ trustedProxies: env.TRUST_PROXY }))
  app.use(health({ payload, token: env.METRICS_TOKEN }))
  const signupUrl = new URL(
    env.SIGNUP_PATH,
    env.FRONTEND_URL ?? env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
  )
  const isSecure = env.PUBLIC_URL?.startsWith('https:') ?? false
  app.use(inviteRedirect({ isSecure, payload, signupUrl: signupUrl.href }))

  const server = createServer(app)
  const pages = next({
    dev: isDevelopment,
    dir: projectRoot(),
    hostname: 'localhost',
    port: env.PORT,
    httpServer: server,
  })
  await pages.prepare()
  const handle = pages.getRequestHandler()
  // No body parser before this: Next reads the stream itself.
  app.all('/{*path}', (request, response) => handle(request, response))
  const port = await listen(server, env.PORT, env.HOST)

  // Payload leaves promises behind that nobody waits for, such as a second refusal of one query;
  // they must not end the process for everybody.
  const keepServing = (reason: unknown) => {
    payload.logger.error({ msg: 'a promise was left behind', err: reason })
  }
  process.on('unhandledRejection', keepServing)

  payload.logger.info({ msg: 'web listening', port })
  return {
    url: env.PUBLIC_URL ?? `http://localhost:${port}`,
    close: async () => {
      process.off('unhandledRejection', keepServing)
      await closeServer(server)
      await pages.close()
      await closePayload(payload)
    },
  }
}

/** Listening comes last: whoever is answered at all finds everything there. */
const listen = (server: Server, port: number, host: string | undefined): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host }, () => {
      resolve((server.address() as AddressInfo).port)
    })
  })

/** Lets requests under way end, then closes what is kept alive. */
const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeIdleConnections()
    setTimeout(() => {
      server.closeAllConnections()
    }, 10_000).unref()
  })
