import type { MethodKind } from '../../../src/domain/payouts/methodKinds.ts'

/** A driver, what it pays here, and how it looks on the wire. */
export type Payer = {
  name: string
  kind: MethodKind
  currency: string
  /** The path of orders; look-ups are GETs at or below it. */
  path: string
  /**
   * Reasons with which the provider fails an order: one that is tried again with a new attempt, and
   * one that is final, if the provider has such a reason.
   */
  reasons: { again: string; final?: string }
  /** True if its provider reports a reversal by webhook. */
  isReversalPosted: boolean
}

export const PAYERS: readonly Payer[] = [
  {
    name: 'razorpayx',
    kind: 'upi',
    currency: 'INR',
    path: '/razorpayx/v1/payouts',
    reasons: { again: 'beneficiary_bank_offline', final: 'bank_account_invalid' },
    isReversalPosted: true,
  },
  {
    name: 'cashfree',
    kind: 'bank-in',
    currency: 'INR',
    path: '/cashfree/payout/transfers',
    reasons: { again: 'BENE_BANK_DECLINED', final: 'INVALID_ACCOUNT_FAIL' },
    isReversalPosted: true,
  },
  {
    name: 'paypal',
    kind: 'paypal',
    currency: 'USD',
    path: '/paypal/v1/payments/payouts',
    reasons: { again: 'INTERNAL_ERROR', final: 'RECEIVER_UNREGISTERED' },
    isReversalPosted: false,
  },
  {
    name: 'simulated',
    kind: 'iban',
    currency: 'EUR',
    path: '/simulated-bank/payouts',
    reasons: { again: 'bank_down', final: 'account_invalid' },
    isReversalPosted: true,
  },
  {
    name: 'tremendous',
    kind: 'gift-card',
    currency: 'USD',
    path: '/tremendous/api/v2/orders',
    reasons: { again: 'failed' },
    isReversalPosted: false,
  },
]

/** The secret of all webhooks, and PayPal's id of ours. */
export const WEBHOOK_SECRET = 'proof-webhook-secret'
export const PAYPAL_WEBHOOK_ID = 'WH-PROOF'

/** Returns the environment that sets all drivers up, with their providers below `url`. */
export const settingsOfPayers = (url: string): Record<string, string> => ({
  RAZORPAYX_KEY_ID: 'rzp_proof',
  RAZORPAYX_KEY_SECRET: 'proof-secret',
  RAZORPAYX_ACCOUNT_NUMBER: '7878780080316316',
  RAZORPAYX_WEBHOOK_SECRETS: WEBHOOK_SECRET,
  RAZORPAYX_BASE_URL: `${url}/razorpayx/v1`,
  CASHFREE_CLIENT_ID: 'proof',
  CASHFREE_CLIENT_SECRET: WEBHOOK_SECRET,
  CASHFREE_BASE_URL: `${url}/cashfree/payout`,
  PAYPAL_CLIENT_ID: 'proof',
  PAYPAL_CLIENT_SECRET: 'proof-secret',
  PAYPAL_WEBHOOK_ID,
  PAYPAL_BASE_URL: `${url}/paypal`,
  TREMENDOUS_API_KEY: 'TEST_proof',
  TREMENDOUS_FUNDING_SOURCE: 'BALANCE',
  TREMENDOUS_BASE_URL: `${url}/tremendous/api/v2`,
  SIMULATED_BANK_API_KEY: 'proof',
  SIMULATED_BANK_WEBHOOK_SECRET: WEBHOOK_SECRET,
  SIMULATED_BANK_BASE_URL: `${url}/simulated-bank`,
})
