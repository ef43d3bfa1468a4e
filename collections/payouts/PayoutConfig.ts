import type { GlobalConfig } from 'payload'

import { validatePayoutConfig } from '../../hooks/payouts/validatePayoutConfig.ts'
import { METHOD_KINDS } from '../../src/domain/payouts/methodKinds.ts'
import { adminOnly, staffOnly } from '../access.ts'
import { currencyField, moneyField, percentField } from '../fields.ts'

/**
 * How members are paid: a rule for each currency and kind of method, profiles of bank files, and
 * deductions. A kind of method without a rule in a currency cannot be requested.
 */
export const PayoutConfig: GlobalConfig = {
  slug: 'payout-config',
  label: 'Payout config',
  admin: { group: 'Withdrawals' },
  lockDocuments: false,
  versions: { max: 0, drafts: false },
  access: { read: staffOnly, readVersions: staffOnly, update: adminOnly },
  hooks: { beforeValidate: [validatePayoutConfig] },
  fields: [
    {
      name: 'rules',
      label: 'Rules of payouts',
      type: 'array',
      labels: { singular: 'Rule', plural: 'Rules' },
      validate: validateRules,
      admin: {
        description: 'One for each currency and kind of method.',
        components: { RowLabel: '/src/admin/money/CurrencyRowLabel#CurrencyRowLabel' },
      },
      fields: [
        {
          type: 'row',
          fields: [
            currencyField(),
            {
              name: 'kind',
              label: 'Method',
              type: 'select',
              required: true,
              options: [...METHOD_KINDS],
            },
            { name: 'isOn', label: 'On', type: 'checkbox', defaultValue: false },
          ],
        },
        {
          type: 'row',
          fields: [
            {
              name: 'driver',
              type: 'text',
              required: true,
              admin: {
                description: 'bank-file, razorpayx, cashfree, paypal, tremendous or simulated.',
              },
            },
            { name: 'bankProfile', label: 'Profile of the bank file', type: 'text' },
          ],
        },
        {
          type: 'row',
          fields: [
            moneyField({ name: 'minMinor', label: 'Minimum', defaultValue: 1 }),
            moneyField({ name: 'maxMinor', label: 'Each request, at most' }),
            moneyField({ name: 'memberDayMinor', label: 'Each member in a day' }),
            moneyField({ name: 'actorDayMinor', label: 'Approved by each person in a day' }),
          ],
        },
        {
          type: 'row',
          fields: [
            moneyField({
              name: 'fourEyesAboveMinor',
              label: 'Two people approve above',
              defaultValue: 0,
            }),
            moneyField({
              name: 'autoApproveBelowMinor',
              label: 'Approved automatically below',
              defaultValue: 0,
              admin: { description: '0: every request is approved by a person.' },
            }),
            {
              name: 'autoApproveAfterDays',
              label: 'of members since (days)',
              type: 'number',
              required: true,
              defaultValue: 90,
              min: 0,
            },
            {
              name: 'autoApproveAfterSettled',
              label: 'with settled withdrawals',
              type: 'number',
              required: true,
              defaultValue: 3,
              min: 0,
            },
          ],
        },
        {
          type: 'row',
          fields: [
            {
              name: 'coolOffHours',
              label: 'Cool-off of a new method (hours)',
              type: 'number',
              required: true,
              defaultValue: 72,
              min: 0,
              max: 2_160,
            },
            moneyField({ name: 'feeFixedMinor', label: 'Fee', defaultValue: 0 }),
            percentField({
              name: 'feePercentBps',
              label: 'Fee, share',
              required: true,
              defaultValue: 0,
            }),
            {
              name: 'feeBearer',
              label: 'Fee borne by',
              type: 'select',
              required: true,
              defaultValue: 'member',
              options: ['member', 'platform'],
            },
          ],
        },
      ],
    },
    {
      name: 'deductions',
      label: 'Deductions',
      type: 'array',
      admin: {
        description:
          'Tax that you withhold. Off until you add a row. This is no tax advice: ask your adviser which rates apply.',
      },
      fields: [
        {
          type: 'row',
          fields: [
            { name: 'label', type: 'text', required: true, maxLength: 60 },
            { name: 'section', type: 'text', maxLength: 40 },
            currencyField(),
          ],
        },
        {
          type: 'row',
          fields: [
            { name: 'from', type: 'date', required: true },
            { name: 'to', type: 'date' },
            percentField({ name: 'rateBps', label: 'Rate', required: true }),
            percentField({
              name: 'rateWithoutTaxIdBps',
              label: 'Rate without a tax id',
              required: true,
            }),
            moneyField({
              name: 'yearlyThresholdMinor',
              label: 'Nothing up to, in a year',
              defaultValue: 0,
            }),
          ],
        },
        {
          type: 'row',
          fields: [
            {
              name: 'appliesTo',
              label: 'Above the threshold',
              type: 'select',
              required: true,
              defaultValue: 'whole',
              options: [
                { label: 'on the whole of the year', value: 'whole' },
                { label: 'on the excess', value: 'excess' },
              ],
            },
            {
              name: 'base',
              type: 'select',
              required: true,
              defaultValue: 'payout',
              options: [
                { label: 'What is paid out', value: 'payout' },
                { label: 'What was credited', value: 'credit' },
              ],
            },
            {
              name: 'yearStart',
              label: 'Year begins (MM-DD)',
              type: 'text',
              required: true,
              defaultValue: '04-01',
            },
            { name: 'timeZone', type: 'text', required: true, defaultValue: 'Asia/Kolkata' },
          ],
        },
      ],
    },
    {
      name: 'bankProfiles',
      label: 'Profiles of bank files',
      type: 'json',
      admin: {
        description: 'A list of profiles besides the built-in ones. See docs/payouts.md.',
      },
    },
  ],
}

function validateRules(rows: unknown): string | true {
  const keys = Array.isArray(rows)
    ? rows.map((row: { currency?: string; kind?: string }) => `${row.currency} ${row.kind}`)
    : []
  return (
    new Set(keys).size === keys.length || 'Each currency and kind of method can have one rule only.'
  )
}
