import express, { type RequestHandler } from 'express'
import { getPayload, type Payload } from 'payload'

import config from '../../payload.config.ts'
import { publicAddresses } from '../config/publicAddresses.ts'
import { type Env, readEnv } from '../config/env.ts'
import { closePayload } from '../database/pool.ts'
import { findPayouts } from '../payouts/findPayouts.ts'
import { openWebhooks } from '../payouts/openWebhooks.ts'
import { privateHosts } from '../platform/outbound/refuseUrl.ts'
import { apiRoutes } from './api/apiRoutes.ts'
import { catchLeftPromises } from './catchLeftPromises.ts'
import { closeServer } from './closeServer.ts'
import { clientAddress } from './edge/clientAddress.ts'
import { createEdgeServer } from './edge/createEdgeServer.ts'
import { clickOutRoute } from './edge/clickOutRoute.ts'
import { forbidFraming } from './edge/forbidFraming.ts'
import { healthRoutes } from './edge/healthRoutes.ts'
import { inviteRoute } from './edge/inviteRoute.ts'
import { limitBodies } from './edge/limitBodies.ts'
import { logAborts } from './edge/logAborts.ts'
import { noFavicon } from './edge/noFavicon.ts'
import { payoutWebhooks } from './edge/payoutWebhooks.ts'
import { postbacks } from './edge/postbacks.ts'
import { webhookReceivers } from './edge/webhookReceivers.ts'
import { isAdminPath, type RefuseActions } from './edge/refuseUnknownActions.ts'
import { requestId } from './edge/requestId.ts'
import { webhooks } from './edge/webhooks.ts'
import { metricsRoute } from './edge/metricsRoute.ts'
import { sitemapRoute } from './edge/sitemapRoute.ts'
import { timeRequests } from './edge/timeRequests.ts'
import { listenFrom } from './listenFrom.ts'
import { type Admin, openAdmin } from './openAdmin.ts'
import { openMetrics } from './openMetrics.ts'
import { waitForCluster } from './startCluster.ts'

/** `later`: the admin is served only after `openAdmin` is called, once its pages are built. */
export type AdminMode = 'always' | 'later' | 'never'
type Options = { admin?: AdminMode; isDevelopment?: boolean }
export type Web = { url: string; openAdmin: () => Promise<void>; close: () => Promise<void> }

/**
 * Starts the web process: Express for the edge routes and the API, Next for the admin panel alone,
 * all on one Payload. Resolves when the process listens and all that it serves is ready.
 */
export const startWeb = async ({
  admin: mode = 'always',
  isDevelopment = false,
}: Options = {}): Promise<Web> => {
  const env = readEnv()
  const payload = await getPayload({ config })
  const app = express()
  const pages = adminRoutes(mode)
  const server = createEdgeServer(app, { refuse: pages.refuse })
  const open = () => pages.open(() => openAdmin({ isDevelopment, port: env.PORT, server }))
  app.disable('x-powered-by')
  app.use(...edgeRoutes(payload, env))
  app.use('/api', apiRoutes({ payload, config, hasPlayground: isDevelopment }))
  app.use(pages.route)
  if (mode === 'always') await open()
  await waitForCluster()
  // Listening comes last: every request that is accepted finds all routes.
  const port = await listenFrom(server, { host: env.HOST, port: env.PORT })
  const stopCatching = catchLeftPromises(payload)

  payload.logger.info({ msg: 'web listening', port })
  return {
    url: env.PUBLIC_URL ?? `http://localhost:${port}`,
    openAdmin: open,
    close: async () => {
      stopCatching()
      await closeServer(server)
      await pages.close()
      await closePayload(payload)
    },
  }
}

const edgeRoutes = (payload: Payload, env: Env): RequestHandler[] => {
  const metrics = openMetrics(payload)
  return [
    timeRequests(metrics.registry),
    forbidFraming,
    requestId,
    limitBodies({ onAbort: logAborts(payload.logger) }),
    clientAddress({ trustedProxies: env.TRUST_PROXY }),
    healthRoutes({ payload, token: env.METRICS_TOKEN }),
    payoutWebhooks({ payload, receivers: payoutReceiversIn(payload, env) }),
    webhooks({ payload, receivers: receiversIn(env) }),
    postbacks({ payload }),
    metricsRoute({ metrics, token: env.METRICS_TOKEN }),
    inviteRoute({ payload, ...invitesIn(env) }),
    clickOutRoute({ payload, ...clickOutIn(env) }),
    sitemapRoute({ payload }),
    noFavicon(),
  ]
}

/** The last route: the admin's pages once they are open; until then an answer in their place. */
const adminRoutes = (mode: AdminMode) => {
  let admin: Admin | null = null
  const route: RequestHandler = (request, response, next) => {
    if (admin) return admin.handle(request, response, next)
    if (mode === 'later' && /^\/admin(\/|$)/.test(request.path)) {
      response.status(503).set('Retry-After', '5').send(WAITING)
      return
    }
    const error = { code: 'request.not-found', message: 'Not found.' }
    response.status(404).json({ errors: [error] })
  }
  const refuse: RefuseActions = (request) =>
    admin && isAdminPath(request.url) ? admin.refuse(request) : null
  return {
    route,
    /** Stands before all routes: see `refuseUnknownActions`. */
    refuse,
    open: async (load: () => Promise<Admin>) => {
      admin = await load()
    },
    close: async () => admin?.close(),
  }
}

const WAITING = `<!doctype html><title>Tributary</title><meta http-equiv="refresh" content="5">
<p>The admin panel is being built. This page reloads until it is there.</p>`

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
  webhookReceivers({
    publicUrl: publicAddresses(env).publicUrl,
    sendgridPublicKey: env.SENDGRID_WEBHOOK_PUBLIC_KEY,
    twilioAuthToken: env.TWILIO_AUTH_TOKEN,
    msg91Secret: env.MSG91_WEBHOOK_SECRET,
  })

const payoutReceiversIn = (payload: Payload, env: Env) =>
  openWebhooks(env, {
    drivers: findPayouts(payload).drivers,
    privateHosts: privateHosts(env),
  })
