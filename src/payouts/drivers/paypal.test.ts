import { testDriverContract } from '../../../test/support/testDriverContract.ts'
import { openCertificateReader } from '../webhooks/openCertificateReader.ts'
import { createPaypalWebhook } from '../webhooks/readPaypal.ts'
import { openPaypal } from './paypal.ts'

const WEBHOOK_ID = '8PT597110X687430LKGECATA'

type Request = { items: { amount: { value: string }; note: string }[] }

describe('the contract of a driver, for PayPal', () => {
  testDriverContract({
    basePath: '/paypal',
    openDriver: (connection) =>
      openPaypal({ clientId: 'client', clientSecret: 'secret', ...connection }),
    accounts: [{ kind: 'paypal', email: 'asha.pays@example.com', holderName: 'Asha Rao' }],
    currency: 'USD',
    maxMinor: 20_000_00,
    readWire: ({ items: [item] }: Request) => ({
      amount: item?.amount.value,
      narration: item?.note,
    }),
    wireAmount: (amountMinor) =>
      `${Math.floor(amountMinor / 100)}.${String(amountMinor % 100).padStart(2, '0')}`,
    lowBalance: { status: 'failed', code: 'INSUFFICIENT_FUNDS', remedy: 'operator' },
    reasons: {
      RECEIVER_ACCOUNT_LOCKED: 'fix',
      RECEIVING_LIMIT_EXCEEDED: 'later',
      REGULATORY_BLOCKED: 'never',
      RISK_DECLINE: 'operator',
    },
    missing: { status: 'unknown', code: 'no-look-up', providerId: null },
    settled: { bankReference: expect.stringMatching(/^SIM\d{9}$/) as string, code: null },
    refused: [
      { kind: 'paypal', currency: 'INR', amountMinor: 1_000, code: 'currency-not-supported' },
      { kind: 'paypal', currency: 'USD', amountMinor: 20_000_01, code: 'amount-too-high' },
      { kind: 'upi', currency: 'USD', amountMinor: 1_000, code: 'method-not-supported' },
    ],
    hasTokens: true,
    needsProviderId: true,
    webhook: {
      open: (simulatorUrl) =>
        createPaypalWebhook({
          webhookId: WEBHOOK_ID,
          certHosts: [new URL(simulatorUrl).host],
          fetchCertificate: openCertificateReader('any'),
          privateHosts: 'any',
        }),
      target: { id: WEBHOOK_ID },
      signatureHeader: 'paypal-transmission-sig',
      staleAfterMinutes: 73 * 60,
      silent: ['returned'],
      hasKey: true,
    },
  })
})
