import type { CollectionConfig } from 'payload'

import { bindCredentialsToHost } from '../../hooks/cashback/bindCredentialsToHost.ts'
import { validateNetwork } from '../../hooks/cashback/validateNetwork.ts'
import { encryptCredentials } from '../../hooks/cashback/encryptCredentials.ts'
import { adminField, adminOnly, derived, noOne, staffOnly } from '../access.ts'
import { currencyField, moneyField } from '../fields.ts'

/** Accounts with affiliate networks: how each is read, how far, and how far it is trusted. */
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
  access: { create: adminOnly, read: staffOnly, update: adminOnly, delete: noOne },
  fields: [
    { name: 'name', type: 'text', required: true, unique: true, maxLength: 100 },
    {
      name: 'adapter',
      type: 'text',
      required: true,
      admin: { description: 'admitad, awin, vcommission, cuelinks, or csv for files.' },
    },
    { name: 'isOn', label: 'On', type: 'checkbox', defaultValue: true },
    {
      name: 'settings',
      type: 'json',
      admin: {
        components: { Description: '/plugins/cashback/admin/networks/SettingsHelp#SettingsHelp' },
      },
    },
    {
      name: 'credentials',
      type: 'json',
      access: { read: noOne, create: adminField, update: adminField },
      admin: {
        description:
          'Stored encrypted for this base URL and never shown again: a changed base URL needs them again. Empty: the credentials of the environment are used, for its own host only.',
      },
    },
    { name: 'tokens', type: 'text', hidden: true, access: { read: noOne, ...derived } },
    {
      name: 'confirmedIsFinal',
      label: 'Its confirmations are final',
      type: 'checkbox',
      defaultValue: false,
      admin: {
        description:
          'If on, cashback is approved once a confirmed transaction is old enough, before the network approves it.',
      },
    },
    {
      name: 'isTrusted',
      label: 'Its postbacks move money',
      type: 'checkbox',
      defaultValue: false,
      admin: { description: 'Before its API confirms them, up to the amounts below.' },
    },
    {
      type: 'row',
      fields: [
        moneyField({
          name: 'trustedCapMinor',
          label: 'At most for each transaction',
          required: false,
        }),
        moneyField({
          name: 'trustedDayCapMinor',
          label: 'At most in a day',
          defaultValue: 1_000_000,
        }),
        currencyField({ required: false, defaultValue: 'INR' }),
      ],
    },
    {
      name: 'paysAboveSale',
      label: 'Its commissions may exceed the order value',
      type: 'checkbox',
      defaultValue: false,
      admin: {
        description:
          'If off, a row with a commission above the order value that it states is quarantined.',
      },
    },
    {
      name: 'syncEveryHours',
      type: 'number',
      required: true,
      defaultValue: 24,
      min: 1,
      max: 168,
      admin: { description: 'In addition to the daily run at 02:00 UTC.' },
    },
    {
      name: 'overlapHours',
      type: 'number',
      required: true,
      defaultValue: 48,
      min: 1,
      max: 720,
      admin: {
        description:
          'Each run reads these hours before the watermark again, because reports come late. A credit of a postback is reversed when a run after them does not list its transaction. More hours wait for a second admin.',
      },
    },
    {
      name: 'expectedFreshnessHours',
      type: 'number',
      required: true,
      defaultValue: 72,
      min: 1,
      admin: {
        description:
          'Without news for longer than this, the network is stale and admins are notified.',
      },
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
      admin: { description: 'A higher number makes a new postback address.' },
    },
  ],
  hooks: {
    beforeValidate: [validateNetwork, bindCredentialsToHost],
    beforeChange: [encryptCredentials],
  },
}
