import { testDriverContract } from '../../../test/support/testDriverContract.ts'
import { createSimulatedWebhook } from '../webhooks/readSimulated.ts'
import { openSimulated } from './simulated.ts'

testDriverContract({
  basePath: '/simulated-bank',
  openDriver: (connection) => openSimulated({ apiKey: 'key', ...connection }),
  accounts: [
    {
      kind: 'bank-in',
      accountNumber: '00112233445566',
      ifsc: 'HDFC0000123',
      holderName: 'Asha Rao',
    },
    { kind: 'upi', vpa: 'asha.rao@okexample', holderName: 'Asha Rao' },
    {
      kind: 'iban',
      iban: 'DE89370400440532013000',
      bic: 'COBADEFFXXX',
      holderName: 'Asha Rao',
    },
    { kind: 'paypal', email: 'asha@example.org', holderName: 'Asha Rao' },
  ],
  currency: 'INR',
  maxMinor: Number.MAX_SAFE_INTEGER,
  readWire: ({ amountMinor, narration }: { amountMinor: number; narration: string }) => ({
    amount: amountMinor,
    narration,
  }),
  wireAmount: (amountMinor) => amountMinor,
  lowBalance: { status: 'failed', code: 'low_balance', remedy: 'operator' },
  reasons: {
    account_invalid: 'fix',
    bank_down: 'later',
    account_blocked: 'never',
    low_balance: 'operator',
  },
  missing: { status: 'not-found' },
  settled: { bankReference: expect.stringMatching(/^SIM\d{9}$/), feeMinor: 250, code: null },
  refused: [
    { kind: 'bank-in', currency: 'INR', amountMinor: 0, code: 'amount-too-low' },
    { kind: 'gift-card', currency: 'INR', amountMinor: 1_000, code: 'method-not-supported' },
  ],
  webhook: {
    open: () => createSimulatedWebhook({ secrets: ['new-secret', 'old-secret'] }),
    target: { secret: 'old-secret' },
    signatureHeader: 'x-bank-signature',
    staleAfterMinutes: 5,
    hasKey: true,
  },
})
