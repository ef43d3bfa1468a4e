import type { CollectionConfig } from 'payload'

import { keepKnownAdapter } from '../hooks/keepKnownAdapter.ts'
import { sealCredentials } from '../hooks/sealCredentials.ts'
import { adminField, adminOnly, derived, nobody, staffOnly } from './access.ts'
import { moneyField, currencyField } from './fields.ts'

/** Accounts with affiliate networks: how each is asked, how far, and what it is trusted with. */
export const Networks: CollectionConfig = {
  slug: 'networks',
  admin: {
    group: 'Networks',
    useAsTitle: 'name',
    defaultColumns: ['name', 'adapter', 'isOn', 'lastSuccessAt', 'lastProblem'],
  },
  lockDocuments: false,
  disableBulkEdit: true,
  disableBulkDelete: true,
  disableDuplicate: true,
  access: { create: adminOnly, read: staffOnly, update: adminOnly, delete: nobody },
  fields: [
    { name: 'name', type: 'text', required: true, unique: true, maxLength: 100 },
    {
      name: 'adapter',
      type: 'text',
      required: true,
      admin: { description: 'How it speaks: admitad, vcommission, cuelinks, or csv.' },
    },
    { name: 'isOn', label: 'On', type: 'checkbox', defaultValue: true },
    {
      name: 'settings',
      type: 'json',
      admin: {
        components: { Description: '/plugins/networks/admin/SettingsHelp#SettingsHelp' },
      },
    },
    {
      name: 'credentials',
      type: 'json',
      access: { read: nobody, create: adminField, update: adminField },
      admin: {
        description:
          'Encrypted, and shown to nobody again. Empty: those of the environment are used.',
      },
    },
    { name: 'tokens', type: 'text', hidden: true, access: { read: nobody, ...derived } },
    {
      name: 'confirmedIsFinal',
      label: 'What it confirms is final',
      type: 'checkbox',
      defaultValue: false,
      admin: {
        description:
          'Cashback is then approved once a confirmed sale is old enough, before it is payable.',
      },
    },
    {
      name: 'isTrusted',
      label: 'Its postbacks move money',
      type: 'checkbox',
      defaultValue: false,
      admin: { description: 'Up to the amount below, before its API confirms them.' },
    },
    {
      type: 'row',
      fields: [
        moneyField({
          name: 'trustedCapMinor',
          label: 'At most, for each sale',
          required: false,
        }),
        currencyField({ required: false, defaultValue: 'INR' }),
      ],
    },
    {
      name: 'syncEveryHours',
      type: 'number',
      required: true,
      defaultValue: 24,
      min: 1,
      max: 168,
      admin: { description: 'Beside the daily run at 02:00 UTC.' },
    },
    {
      name: 'overlapHours',
      type: 'number',
      required: true,
      defaultValue: 48,
      min: 1,
      admin: { description: 'Read again before the watermark: reports come late.' },
    },
    {
      name: 'expectedFreshnessHours',
      type: 'number',
      required: true,
      defaultValue: 72,
      min: 1,
      admin: { description: 'Silent for longer than this, it is reported.' },
    },
    { name: 'eventWatermark', type: 'date', access: derived, admin: { readOnly: true } },
    { name: 'changeWatermark', type: 'date', access: derived, admin: { readOnly: true } },
    { name: 'lastRunAt', type: 'date', access: derived, admin: { readOnly: true } },
    { name: 'lastSuccessAt', type: 'date', access: derived, admin: { readOnly: true } },
    { name: 'lastProblem', type: 'text', access: derived, admin: { readOnly: true } },
    {
      name: 'postbackVersion',
      type: 'number',
      required: true,
      defaultValue: 1,
      min: 1,
      admin: { description: 'Counting up makes the postback address a new one.' },
    },
  ],
  hooks: { beforeValidate: [keepKnownAdapter], beforeChange: [sealCredentials] },
}
