import type { GlobalConfig } from 'payload'

import { adminOnly, staffOnly } from '../access.ts'
import { currencyField, moneyField, validateUniqueCurrencies } from '../fields.ts'

/** Limits above which a second person confirms adjustments. */
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
      validate: validateUniqueCurrencies,
      labels: { singular: 'Limit', plural: 'Limits' },
      admin: {
        description: 'Adjustments above the limit. In a currency without a row: every adjustment.',
        components: { RowLabel: '/src/admin/money/CurrencyRowLabel#CurrencyRowLabel' },
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
