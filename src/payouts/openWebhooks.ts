import type { PrivateHosts } from '../platform/outbound/refuseUrl.ts'
import type { PayoutDriver, ReadWebhook } from './drivers/types.ts'
import type { PayoutEnv } from './settings.ts'
import { openCertificateReader } from './webhooks/openCertificateReader.ts'
import { createCashfreeWebhook } from './webhooks/readCashfree.ts'
import { createPaypalWebhook, PAYPAL_CERTIFICATE_HOSTS } from './webhooks/readPaypal.ts'
import { createRazorpayxWebhook } from './webhooks/readRazorpayx.ts'
import { createSimulatedWebhook } from './webhooks/readSimulated.ts'

export type PayoutWebhook = { driver: string; route: string; read: ReadWebhook }

type Hosts = { privateHosts: PrivateHosts }
type Options = Hosts & { drivers: ReadonlyMap<string, PayoutDriver> }

/**
 * Opens the webhooks of the drivers that are set up and have something to check signatures with.
 * Tremendous has none: it is polled.
 */
export const openWebhooks = (env: PayoutEnv, { drivers, privateHosts }: Options): PayoutWebhook[] =>
  OPENERS.flatMap(({ driver, open, route }) => {
    const read = drivers.has(driver) ? open(env, { privateHosts }) : null
    return read ? [{ driver, route, read }] : []
  })

type Opener = {
  driver: string
  route: string
  open: (env: PayoutEnv, hosts: Hosts) => ReadWebhook | null
}

const OPENERS: readonly Opener[] = [
  {
    driver: 'razorpayx',
    route: '/webhooks/razorpayx',
    open: ({ RAZORPAYX_WEBHOOK_SECRETS: secrets }) =>
      secrets.length > 0 ? createRazorpayxWebhook({ secrets }) : null,
  },
  {
    driver: 'cashfree',
    route: '/webhooks/cashfree',
    open: ({ CASHFREE_CLIENT_SECRET: clientSecret, CASHFREE_WEBHOOK_SECRETS: others }) =>
      clientSecret ? createCashfreeWebhook({ secrets: [clientSecret, ...others] }) : null,
  },
  {
    driver: 'paypal',
    route: '/webhooks/paypal',
    open: ({ PAYPAL_BASE_URL: baseUrl, PAYPAL_WEBHOOK_ID: webhookId }, { privateHosts }) =>
      webhookId
        ? createPaypalWebhook({
            webhookId,
            certHosts: findCertificateHosts(baseUrl),
            fetchCertificate: openCertificateReader(privateHosts),
            privateHosts,
          })
        : null,
  },
  {
    driver: 'simulated',
    route: '/webhooks/simulated-bank',
    open: ({ SIMULATED_BANK_WEBHOOK_SECRET: secret }) =>
      secret ? createSimulatedWebhook({ secrets: [secret] }) : null,
  },
]

/** The certificates come from the service that is called: live, the sandbox or the simulator. */
const findCertificateHosts = (baseUrl: string | undefined): readonly string[] => {
  const { live, sandbox } = PAYPAL_CERTIFICATE_HOSTS
  if (!baseUrl) return live
  const { host } = new URL(baseUrl)
  return [live, sandbox].find((hosts: readonly string[]) => hosts.includes(host)) ?? [host]
}
