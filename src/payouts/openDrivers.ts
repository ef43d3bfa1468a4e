import type { PrivateHosts } from '../platform/outbound/refuseUrl.ts'
import { openCashfree } from './drivers/cashfree.ts'
import { openPaypal } from './drivers/paypal.ts'
import { openRazorpayx } from './drivers/razorpayx.ts'
import { openSimulated } from './drivers/simulated.ts'
import { openTremendous } from './drivers/tremendous.ts'
import type { PayoutDriver } from './drivers/types.ts'
import type { PayoutEnv } from './settings.ts'

/** The names of all drivers, those that are not set up among them. */
export const DRIVER_NAMES: readonly string[] = [
  'razorpayx',
  'cashfree',
  'paypal',
  'tremendous',
  'simulated',
]

type Hosts = { privateHosts: PrivateHosts }

/** Opens the drivers that are set up, by name. */
export const openDrivers = (env: PayoutEnv, hosts: Hosts): ReadonlyMap<string, PayoutDriver> =>
  new Map(
    OPENERS.flatMap((open) => {
      const driver = open(env, { ...hosts, timeoutMs: env.PAYOUT_TIMEOUT_MS })
      return driver ? [[driver.name, driver] as const] : []
    }),
  )

type Open = (env: PayoutEnv, common: Hosts & { timeoutMs: number }) => PayoutDriver | null

const OPENERS: readonly Open[] = [
  (
    {
      RAZORPAYX_ACCOUNT_NUMBER: accountNumber,
      RAZORPAYX_BASE_URL: baseUrl,
      RAZORPAYX_KEY_ID: keyId,
      RAZORPAYX_KEY_SECRET: keySecret,
    },
    common,
  ) =>
    keyId && keySecret && accountNumber
      ? openRazorpayx({ ...common, keyId, keySecret, accountNumber, baseUrl })
      : null,
  (
    {
      CASHFREE_BASE_URL: baseUrl,
      CASHFREE_CLIENT_ID: clientId,
      CASHFREE_CLIENT_SECRET: clientSecret,
      CASHFREE_PUBLIC_KEY: publicKey,
    },
    common,
  ) =>
    clientId && clientSecret
      ? openCashfree({ ...common, clientId, clientSecret, publicKey, baseUrl })
      : null,
  (
    { PAYPAL_BASE_URL: baseUrl, PAYPAL_CLIENT_ID: clientId, PAYPAL_CLIENT_SECRET: clientSecret },
    common,
  ) =>
    clientId && clientSecret ? openPaypal({ ...common, clientId, clientSecret, baseUrl }) : null,
  (
    {
      TREMENDOUS_API_KEY: apiKey,
      TREMENDOUS_BASE_URL: baseUrl,
      TREMENDOUS_FUNDING_SOURCE: fundingSourceId,
    },
    common,
  ) =>
    apiKey && fundingSourceId
      ? openTremendous({ ...common, apiKey, fundingSourceId, baseUrl })
      : null,
  ({ SIMULATED_BANK_API_KEY: apiKey, SIMULATED_BANK_BASE_URL: baseUrl }, common) =>
    apiKey && baseUrl ? openSimulated({ ...common, apiKey, baseUrl }) : null,
]
