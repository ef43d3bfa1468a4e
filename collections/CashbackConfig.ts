import type { GlobalConfig } from 'payload'

import { adminOnly, staffOnly } from './access.ts'
import { moneyField, percentField } from './fields.ts'

/** What members get of a sale where a merchant says nothing else, and when. */
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
      label: 'Cashback is a part of',
      type: 'select',
      required: true,
      defaultValue: 'commission',
      options: [
        { label: 'the network’s commission', value: 'commission' },
        { label: 'the sale', value: 'sale' },
      ],
    },
    percentField({ name: 'rateBps', label: 'Rate', required: true, defaultValue: 7_000 }),
    {
      name: 'autoApprove',
      label: 'Approved without the network’s approval',
      type: 'select',
      required: true,
      defaultValue: 'when-network-allows',
      options: [
        { label: 'When the network’s word is final', value: 'when-network-allows' },
        { label: 'By age, up to a cap', value: 'by-age-with-cap' },
        { label: 'Never', value: 'off' },
      ],
      admin: {
        description:
          'By age: you pay for sales that the network may still decline, up to the cap for each.',
      },
    },
    { name: 'autoApproveDays', type: 'number', required: true, defaultValue: 30, min: 1 },
    moneyField({
      name: 'ageCapMinor',
      label: 'Cap of an approval by age',
      required: false,
      admin: {
        description: 'Of each sale, in its own currency’s minor units. Empty: none by age.',
      },
    }),
    {
      name: 'guestClicks',
      label: 'Guests may go to shops',
      type: 'checkbox',
      defaultValue: true,
      admin: { description: 'They earn nothing.' },
    },
  ],
}
