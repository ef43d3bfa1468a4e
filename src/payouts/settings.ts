import { z } from 'zod'

import { httpUrl, list } from '../platform/settingTypes.ts'

/**
 * The environment settings of the drivers of payouts. A provider is fully configured or absent
 * (`incompleteProviders`).
 */
export const payoutSettings = {
  /** Days after which admins are alerted of a withdrawal that waits for approval. */
  WITHDRAWAL_OVERDUE_DAYS: z.coerce.number().int().min(1).max(365).default(3),
  /** Deadline for one request to a provider. */
  PAYOUT_TIMEOUT_MS: z.coerce.number().int().min(100).max(120_000).default(20_000),
  /** How long a process owns attempts that it sends or looks up. Then another one looks them up. */
  PAYOUT_LEASE_SECONDS: z.coerce.number().min(0.05).max(86_400).default(120),

  RAZORPAYX_KEY_ID: z.string().optional(),
  RAZORPAYX_KEY_SECRET: z.string().optional(),
  /** Our own account, from which RazorpayX pays. */
  RAZORPAYX_ACCOUNT_NUMBER: z.string().optional(),
  /** Two, separated by a comma, while the secret changes. */
  RAZORPAYX_WEBHOOK_SECRETS: list,
  RAZORPAYX_BASE_URL: httpUrl.default('https://api.razorpay.com/v1'),

  CASHFREE_CLIENT_ID: z.string().optional(),
  CASHFREE_CLIENT_SECRET: z.string().optional(),
  /** In PEM: signs requests where no fixed address is on Cashfree’s list. */
  CASHFREE_PUBLIC_KEY: z.string().optional(),
  /** Secrets of the webhooks besides the client secret, while it changes. */
  CASHFREE_WEBHOOK_SECRETS: list,
  CASHFREE_BASE_URL: httpUrl.default('https://api.cashfree.com/payout'),

  PAYPAL_CLIENT_ID: z.string().optional(),
  PAYPAL_CLIENT_SECRET: z.string().optional(),
  /** The id that PayPal gave to our webhook; its signature covers it. */
  PAYPAL_WEBHOOK_ID: z.string().optional(),
  PAYPAL_BASE_URL: httpUrl.optional(),

  TREMENDOUS_API_KEY: z.string().optional(),
  TREMENDOUS_FUNDING_SOURCE: z.string().optional(),
  TREMENDOUS_BASE_URL: httpUrl.optional(),

  /** The bank of the simulator, for demo and tests; refused in production. */
  SIMULATED_BANK_API_KEY: z.string().optional(),
  SIMULATED_BANK_WEBHOOK_SECRET: z.string().optional(),
  SIMULATED_BANK_BASE_URL: httpUrl.optional(),
}

/** The parsed settings: all that drivers see of the environment. */
export type PayoutEnv = z.output<z.ZodObject<typeof payoutSettings>>
