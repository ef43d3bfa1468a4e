import type { PayoutOrder } from '../../src/payouts/drivers/types.ts'

/** Builds an order to a bank account in India; the number makes its key and amount unique. */
export const buildOrder = (number = 1, change: Partial<PayoutOrder> = {}): PayoutOrder => ({
  key: `TR${String(number).padStart(32, '0')}`,
  amountMinor: 100_00 + number,
  currency: 'INR',
  account: {
    kind: 'bank-in',
    accountNumber: '00012345678901',
    ifsc: 'HDFC0000123',
    holderName: 'Asha Rao',
  },
  narration: 'Cashback payout',
  recipient: { memberId: '1', name: 'Asha Rao', email: 'asha@example.com', phone: '+919876543210' },
  ...change,
})

/** Builds an order in euros. */
export const buildSepaOrder = (number = 1, change: Partial<PayoutOrder> = {}): PayoutOrder =>
  buildOrder(number, {
    currency: 'EUR',
    account: {
      kind: 'iban',
      iban: 'FR1420041010050500013M02606',
      bic: null,
      holderName: 'Zoë Müller',
    },
    ...change,
  })
