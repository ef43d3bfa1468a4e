import { testDriverContract } from '../../../test/support/testDriverContract.ts'
import { createCashfreeWebhook } from '../webhooks/readCashfree.ts'
import { openCashfree } from './cashfree.ts'

const LAKH = 100_000_00

testDriverContract({
  basePath: '/cashfree/payout',
  openDriver: (connection) =>
    openCashfree({ clientId: 'client', clientSecret: 'secret', ...connection }),
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
  readWire: ({ transfer_amount, transfer_remarks }: Record<string, unknown>) => ({
    amount: transfer_amount,
    narration: transfer_remarks,
  }),
  wireAmount: (amountMinor) => amountMinor / 100,
  lowBalance: { status: 'failed', code: 'INSUFFICIENT_BALANCE', remedy: 'operator' },
  reasons: {
    INVALID_BENE_ACCOUNT_OR_IFSC: 'fix',
    BENE_BANK_DECLINED: 'later',
    BENE_BLACKLISTED: 'never',
    IMPS_MODE_FAIL: 'operator',
  },
  missing: { status: 'not-found' },
  settled: { bankReference: expect.stringMatching(/^SIM\d{9}$/), feeMinor: 295, code: null },
  refused: [
    { kind: 'bank-in', currency: 'USD', amountMinor: 1_000, code: 'currency-not-supported' },
    { kind: 'bank-in', currency: 'INR', amountMinor: 99, code: 'amount-too-low' },
    { kind: 'upi', currency: 'INR', amountMinor: LAKH + 1, code: 'amount-too-high' },
    { kind: 'iban', currency: 'INR', amountMinor: 1_000, code: 'method-not-supported' },
  ],
  webhook: {
    open: () => createCashfreeWebhook({ secrets: ['new-secret', 'old-secret'] }),
    target: { secret: 'old-secret' },
    signatureHeader: 'x-webhook-signature',
    staleAfterMinutes: 5,
    hasKey: true,
  },
})
