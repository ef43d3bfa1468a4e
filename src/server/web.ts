import { createServer } from 'node:http'

import express from 'express'
import next from 'next'
import { getPayload } from 'payload'

import config from '../../payload.config.ts'
import { addressesOf } from '../addressesOf.ts'
import { type Env, readEnv } from '../env.ts'
import { closePayload } from './closePayload.ts'
import { closeServer } from './closeServer.ts'
import { clientAddress } from './edge/clientAddress.ts'
import { clickOut } from './edge/clickOut.ts'
import { forbidFraming } from './edge/forbidFraming.ts'
import { health } from './edge/health.ts'
import { inviteRedirect } from './edge/inviteRedirect.ts'
import { noFavicon } from './edge/noFavicon.ts'
import { postbacks } from './edge/postbacks.ts'
import { receiversOf } from './edge/receiversOf.ts'
import { requestId } from './edge/requestId.ts'
import { webhooks } from './edge/webhooks.ts'
import { metricsRoute } from './edge/metricsRoute.ts'
import { timeRequests } from './edge/timeRequests.ts'
import { listenFrom } from './listenFrom.ts'
import { openMetrics } from './metrics.ts'
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
  const metrics = openMetrics(payload)
  app.disable('x-powered-by')
  app.use(timeRequests(metrics.registry))
  app.use(forbidFraming)
  app.use(requestId)
  app.use(clientAddress({ trustedProxies: env.TRUST_PROXY }))
  app.use(health({ payload, token: env.METRICS_TOKEN }))
  app.use(webhooks({ payload, receivers: receiversIn(env) }), postbacks({ payload }))
  app.use(metricsRoute({ metrics, token: env.METRICS_TOKEN }))
  app.use(inviteRedirect({ payload, ...invitesIn(env) }))
  app.use(clickOut({ payload, ...clickOutIn(env) }), noFavicon())

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
  // Listening comes last: whoever is answered at all finds everything there.
  const port = await listenFrom(server, { host: env.HOST, port: env.PORT })

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

const invitesIn = (env: Env) => {
  const home = env.FRONTEND_URL ?? env.PUBLIC_URL ?? `http://localhost:${env.PORT}`
  return {
    isSecure: env.PUBLIC_URL?.startsWith('https:') ?? false,
    signupUrl: new URL(env.SIGNUP_PATH, home).href,
  }
}

const clickOutIn = (env: Env) => ({
  frontendUrl: env.FRONTEND_URL,
  rateLimitFactor: env.RATE_LIMITS === 'on' ? env.RATE_LIMIT_FACTOR : null,
})

const receiversIn = (env: Env) =>
  receiversOf({
    publicUrl: addressesOf(env).publicUrl,
    sendgridPublicKey: env.SENDGRID_WEBHOOK_PUBLIC_KEY,
    twilioAuthToken: env.TWILIO_AUTH_TOKEN,
    msg91Secret: env.MSG91_WEBHOOK_SECRET,
  })
