import type { NumberField, SelectField, TextField } from 'payload'

import { isCurrency } from '../src/domain/currency.ts'
import { wordOf } from '../src/domain/words.ts'

/**
 * An integer count of the currency's smallest unit. Admins read and type it as money; the
 * database and the API never hold a decimal.
 */
export const moneyField = (overrides: { name: string } & Partial<NumberField>): NumberField =>
  ({
    required: true,
    min: 0,
    validate: (value: unknown, { required }: { required?: boolean }) =>
      Number.isSafeInteger(value) ||
      (!required && (value === null || value === undefined)) ||
      'Enter a whole number of minor units (paise, cents).',
    ...overrides,
    type: 'number',
    admin: {
      ...overrides.admin,
      components: {
        Cell: '/src/admin/MoneyCell#MoneyCell',
        Field: '/src/admin/MoneyInput#MoneyInput',
      },
    },
  }) as NumberField

/** Text, not an enum: a new currency must not need a migration. Checked against ISO 4217. */
export const currencyField = (overrides: Partial<TextField> = {}): TextField =>
  ({
    required: true,
    index: false,
    validate: (value: unknown) =>
      isCurrency(value) || 'Enter an ISO 4217 currency code in capitals, such as INR.',
    ...overrides,
    name: 'currency',
    type: 'text',
  }) as TextField

/** A state: a pill with its own sign and word in lists (never colour alone), words in forms. */
export const statusField = ({
  options,
  ...field
}: Omit<SelectField, 'options' | 'type'> & { options: string[] }): SelectField =>
  ({
    required: true,
    index: true,
    ...field,
    type: 'select',
    options: options.map((value) => ({ label: wordOf(value), value })),
    admin: {
      ...field.admin,
      isClearable: false,
      components: { Cell: '/src/admin/StatusCell#StatusCell' },
    },
  }) as SelectField

/** Basis points, which admins read and type as a percentage. */
export const percentField = (field: Omit<NumberField, 'type'>): NumberField =>
  ({
    ...field,
    type: 'number',
    min: 0,
    max: 10_000,
    validate: (value: unknown, { required }: { required?: boolean }) =>
      (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 10_000) ||
      (!required && (value === null || value === undefined)) ||
      'Enter a percentage from 0 to 100 with at most two decimals.',
    admin: {
      ...field.admin,
      components: {
        Cell: '/src/admin/PercentCell#PercentCell',
        Field: '/src/admin/PercentInput#PercentInput',
      },
    },
  }) as NumberField
