import type { GlobalConfig } from 'payload'

import { adminOnly, staffOnly } from '../access.ts'
import { currencyField, moneyField, percentField, validateUniqueCurrencies } from '../fields.ts'

/** The cashback rate where a merchant has none of its own, automatic approval and guest clicks. */
export const CashbackConfig: GlobalConfig = {
  slug: 'cashback-config',
  label: 'Cashback config',
  admin: { group: 'Networks' },
  lockDocuments: false,
  versions: { max: 0, drafts: false },
  access: { read: staffOnly, readVersions: staffOnly, update: adminOnly },
  fields: [
    {
      name: 'rateBasis',
      label: 'Cashback is a share of',
      type: 'select',
      required: true,
      defaultValue: 'commission',
      options: [
        { label: 'the network’s commission', value: 'commission' },
        { label: 'the sale amount', value: 'sale' },
      ],
    },
    percentField({ name: 'rateBps', label: 'Rate', required: true, defaultValue: 7_000 }),
    {
      name: 'autoApprove',
      label: 'Automatic approval',
      type: 'select',
      required: true,
      defaultValue: 'when-network-allows',
      options: [
        { label: 'When the network’s confirmation is final', value: 'when-network-allows' },
        { label: 'By age, up to a cap', value: 'by-age-with-cap' },
        { label: 'Never', value: 'off' },
      ],
      admin: {
        description:
          'By age: you pay cashback for transactions that the network may still decline, up to the cap for each transaction.',
      },
    },
    { name: 'autoApproveDays', type: 'number', required: true, defaultValue: 30, min: 1 },
    moneyField({
      name: 'ageCapMinor',
      label: 'Cap for approval by age',
      required: false,
      admin: {
        description:
          'For each transaction, in the minor units of its currency. Empty: no approval by age.',
      },
    }),
    {
      name: 'largestAmounts',
      label: 'Largest plausible amount of one transaction',
      type: 'array',
      validate: validateUniqueCurrencies,
      labels: { singular: 'Amount', plural: 'Amounts' },
      admin: {
        description:
          'A row of a network with a larger order value or commission is quarantined. In a currency without a row: 100,000,000,000 minor units.',
        components: { RowLabel: '/src/admin/money/CurrencyRowLabel#CurrencyRowLabel' },
      },
      fields: [
        {
          type: 'row',
          fields: [currencyField(), moneyField({ name: 'largestMinor', label: 'Largest' })],
        },
      ],
    },
    {
      name: 'guestClicks',
      label: 'Guests may click out to merchants',
      type: 'checkbox',
      defaultValue: true,
      admin: { description: 'Guests earn no cashback.' },
    },
  ],
}
