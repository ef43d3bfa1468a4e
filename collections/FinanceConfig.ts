import type { GlobalConfig } from 'payload'

import { adminOnly, staffOnly } from './access.ts'
import { eachCurrencyOnce } from './eachCurrencyOnce.ts'
import { currencyField, moneyField } from './fields.ts'

/** Limits above which a second person confirms what finance does. */
export const FinanceConfig: GlobalConfig = {
  slug: 'finance-config',
  label: 'Finance config',
  admin: { group: 'Money' },
  lockDocuments: false,
  versions: { max: 0, drafts: false },
  access: { read: staffOnly, readVersions: staffOnly, update: adminOnly },
  fields: [
    {
      name: 'secondPerson',
      label: 'A second person confirms',
      type: 'array',
      validate: eachCurrencyOnce,
      labels: { singular: 'Limit', plural: 'Limits' },
      admin: {
        description: 'Adjustments above the limit. In a currency without a row: every adjustment.',
        components: { RowLabel: '/src/admin/CurrencyRowLabel#CurrencyRowLabel' },
      },
      fields: [
        {
          type: 'row',
          fields: [
            currencyField(),
            moneyField({ name: 'aboveMinor', label: 'Above', defaultValue: 0 }),
          ],
        },
      ],
    },
  ],
}
