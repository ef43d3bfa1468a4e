import { testDriverContract } from '../../../test/support/testDriverContract.ts'
import { createRazorpayxWebhook } from '../webhooks/readRazorpayx.ts'
import { openRazorpayx } from './razorpayx.ts'

const LAKH = 100_000_00

testDriverContract({
  basePath: '/razorpayx/v1',
  openDriver: (connection) =>
    openRazorpayx({
      keyId: 'rzp_test',
      keySecret: 'secret',
      accountNumber: '7878780080316316',
      ...connection,
    }),
  accounts: [
    {
      kind: 'bank-in',
      accountNumber: '00112233445566',
      ifsc: 'HDFC0000123',
      holderName: 'Asha Rao',
    },
    { kind: 'upi', vpa: 'asha.rao@okexample', holderName: 'Asha Rao' },
  ],
  currency: 'INR',
  maxMinor: 100 * LAKH,
  readWire: ({ amount, narration }: { amount: number; narration: string }) => ({
    amount,
    narration,
  }),
  wireAmount: (amountMinor) => amountMinor,
  lowBalance: { status: 'pending', code: 'low_balance', remedy: null },
  reasons: {
    beneficiary_account_invalid: 'fix',
    beneficiary_bank_offline: 'later',
    imps_not_allowed: 'operator',
    insufficient_funds: 'operator',
  },
  missing: { status: 'not-found' },
  settled: { bankReference: expect.stringMatching(/^SIM\d{9}$/), feeMinor: 590, code: null },
  refused: [
    { kind: 'bank-in', currency: 'USD', amountMinor: 1_000, code: 'currency-not-supported' },
    { kind: 'bank-in', currency: 'INR', amountMinor: 99, code: 'amount-too-low' },
    { kind: 'upi', currency: 'INR', amountMinor: LAKH + 1, code: 'amount-too-high' },
    { kind: 'paypal', currency: 'INR', amountMinor: 1_000, code: 'method-not-supported' },
  ],
  webhook: {
    open: () => createRazorpayxWebhook({ secrets: ['new-secret', 'old-secret'] }),
    target: { secret: 'old-secret' },
    signatureHeader: 'x-razorpay-signature',
    staleAfterMinutes: null,
    hasKey: true,
  },
})
