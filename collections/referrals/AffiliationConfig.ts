import type { GlobalConfig } from 'payload'

import { countRuleVersion } from '../../hooks/referrals/countRuleVersion.ts'
import { adminOnly, derived, staffOnly } from '../access.ts'
import { currencyField, moneyField, percentField, validateUniqueCurrencies } from '../fields.ts'

/**
 * The affiliate programme: one rule for all members, with its versions. A change applies to
 * payments completed afterwards; decided commissions keep their own terms.
 */
export const AffiliationConfig: GlobalConfig = {
  slug: 'affiliation-config',
  label: 'Affiliation config',
  admin: {
    group: 'Referrals',
    description:
      'Applies to payments completed after saving. Commissions decided before keep their own terms, also when refunded.',
  },
  lockDocuments: false,
  versions: { max: 0, drafts: false },
  access: { read: staffOnly, readVersions: staffOnly, update: adminOnly },
  fields: [
    {
      name: 'enabled',
      label: 'Programme is on',
      type: 'checkbox',
      defaultValue: true,
      admin: {
        description:
          'Off: payments from now on are skipped as “program-disabled”. Held commissions still release.',
      },
    },
    {
      type: 'row',
      fields: [
        percentField({
          name: 'rateBps',
          label: 'Commission',
          required: true,
          defaultValue: 1_000,
          admin: { width: '50%', description: 'Of the payment. Up to two decimals.' },
        }),
        {
          name: 'holdDays',
          label: 'Hold (days)',
          type: 'number',
          required: true,
          defaultValue: 0,
          min: 0,
          max: 365,
          validate: validateDays,
          admin: {
            width: '50%',
            description: '0 pays at once. A refund while held needs no clawback.',
          },
        },
      ],
    },
    {
      type: 'row',
      fields: [
        {
          name: 'duration',
          label: 'Pays for',
          type: 'radio',
          required: true,
          defaultValue: 'always',
          options: [
            { label: 'First payment only', value: 'first' },
            { label: 'A number of months', value: 'months' },
            { label: 'Always', value: 'always' },
          ],
          admin: {
            description:
              'First payment only: a payment that was refunded in full does not count, so the next one earns.',
          },
        },
        {
          name: 'durationMonths',
          label: 'Months from registration',
          type: 'number',
          min: 1,
          max: 120,
          defaultValue: 12,
          required: true,
          validate: validateMonths,
          admin: { condition: (data) => data.duration === 'months' },
        },
      ],
    },
    {
      name: 'currencies',
      type: 'array',
      labels: { singular: 'Currency', plural: 'Currencies' },
      defaultValue: ['INR', 'USD', 'EUR'].map((currency) => ({ currency, minPaymentMinor: 0 })),
      admin: {
        initCollapsed: false,
        description:
          'A payment in a currency without a row is skipped as “currency-not-configured”.',
        components: { RowLabel: '/src/admin/money/CurrencyRowLabel#CurrencyRowLabel' },
      },
      validate: validateUniqueCurrencies,
      fields: [
        {
          type: 'row',
          fields: [
            currencyField(),
            moneyField({ name: 'minPaymentMinor', label: 'Minimum payment', defaultValue: 0 }),
            moneyField({
              name: 'maxCommissionMinor',
              label: 'Cap per commission',
              required: false,
              min: 1,
              admin: { description: 'Empty: no cap.' },
            }),
          ],
        },
      ],
    },
    {
      name: 'confirmedOnly',
      label: 'Only confirmed people',
      type: 'checkbox',
      defaultValue: true,
      admin: {
        position: 'sidebar',
        description:
          'Payer and referrer each need a confirmed e-mail address or phone number: only these show that they are two people. Else a payment is skipped as “not-confirmed”.',
      },
    },
    {
      name: 'cookieDays',
      label: 'Invite link counts for (days)',
      type: 'number',
      required: true,
      defaultValue: 30,
      min: 0,
      max: 365,
      validate: validateDays,
      admin: {
        position: 'sidebar',
        description: 'For a member who follows a link and registers later in the same browser.',
      },
    },
    {
      name: 'version',
      type: 'number',
      required: true,
      defaultValue: 1,
      access: derived,
      admin: { readOnly: true, position: 'sidebar', description: 'Counts the saved changes.' },
    },
  ],
  hooks: { beforeChange: [countRuleVersion] },
}

function validateDays(value: unknown): string | true {
  const isDays = Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 365
  return isDays || 'Enter whole days, from 0 to 365.'
}

function validateMonths(value: unknown): string | true {
  const isMonths = Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 120
  return isMonths || 'Enter whole months, from 1 to 120.'
}
