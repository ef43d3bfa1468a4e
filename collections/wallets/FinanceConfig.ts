import type { GlobalConfig } from 'payload'

import { adminOnly, staffOnly } from '../access.ts'
import { currencyField, moneyField, validateUniqueCurrencies } from '../fields.ts'

/**
 * Limits above which a second person confirms adjustments and credits that people cause, and who
 * counts as one.
 */
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
            moneyField({
              name: 'actorAboveMinor',
              label: 'Above, by one person in a day',
              required: false,
              admin: { description: 'Of all members together. Empty: the same limit.' },
            }),
          ],
        },
      ],
    },
    {
      name: 'coolDownDays',
      label: 'Cool-down (days)',
      type: 'number',
      required: true,
      defaultValue: 3,
      min: 1,
      max: 90,
      validate: validateCoolDown,
      admin: {
        description:
          'For so long nobody approves what the person requested who made their account, changed its role or e-mail address or set its password. A change of the only admin takes effect after it.',
      },
    },
    {
      name: 'credits',
      label: 'A second person confirms credits from files and grown assignments',
      type: 'array',
      validate: validateUniqueCurrencies,
      labels: { singular: 'Limits', plural: 'Limits' },
      admin: {
        description:
          'Above any of the limits all credits of an import wait. In a currency without a row: every credit. What the importer gains always waits.',
        components: { RowLabel: '/src/admin/money/CurrencyRowLabel#CurrencyRowLabel' },
      },
      fields: [
        {
          type: 'row',
          fields: [
            currencyField(),
            moneyField({ name: 'perImportMinor', label: 'Each import', defaultValue: 0 }),
            moneyField({ name: 'perMemberMinor', label: 'Each member in a day', defaultValue: 0 }),
            moneyField({ name: 'perActorMinor', label: 'Each person in a day', defaultValue: 0 }),
          ],
        },
      ],
    },
  ],
}

function validateCoolDown(value: unknown): string | true {
  const isDays = Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 90
  return isDays || 'Enter whole days, from 1 to 90.'
}
