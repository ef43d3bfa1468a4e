import { testDriverContract } from '../../../test/support/testDriverContract.ts'
import { openTremendous } from './tremendous.ts'

const LINK = /^https:\/\/testflight\.tremendous\.com\/rewards\/payout\/\w+$/

type Request = { reward: { value: { denomination: number } } }

describe('the contract of a driver, for Tremendous', () => {
  testDriverContract({
    basePath: '/tremendous/api/v2',
    openDriver: (connection) =>
      openTremendous({ apiKey: 'TEST_key', fundingSourceId: 'BALANCE', ...connection }),
    accounts: [
      {
        kind: 'gift-card',
        product: 'OKMHM2X2OHYV',
        email: 'asha.cards@example.com',
        holderName: 'Asha Rao',
      },
    ],
    currency: 'USD',
    maxMinor: 2_000_00,
    readWire: ({ reward }: Request) => ({ amount: String(reward.value.denomination) }),
    // A JSON number without zeros at its end.
    wireAmount: (amountMinor) => {
      const cents = String(amountMinor % 100).padStart(2, '0')
      return `${Math.floor(amountMinor / 100)}.${cents}`.replace(/\.?0+$/, '')
    },
    lowBalance: { status: 'failed', remedy: 'operator' },
    reasons: { DECLINED: 'operator' },
    failureCode: 'FAILED',
    missing: { status: 'not-found' },
    settled: {
      code: null,
      cards: [
        {
          label: 'Link',
          value: expect.stringMatching(LINK) as string,
          url: expect.stringMatching(LINK) as string,
          faceMinor: 123_456,
        },
      ],
    },
    refused: [
      { kind: 'gift-card', currency: 'XXX', amountMinor: 1_000, code: 'currency-not-supported' },
      { kind: 'gift-card', currency: 'USD', amountMinor: 10 ** 12, code: 'amount-too-high' },
      { kind: 'upi', currency: 'USD', amountMinor: 1_000, code: 'method-not-supported' },
    ],
    webhook: null,
  })
})
