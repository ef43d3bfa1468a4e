import type { NumberField, SelectField, TextField } from 'payload'

import { isCurrency } from '../src/domain/currency.ts'
import { labelOf } from '../src/domain/labels.ts'

/**
 * An integer count of the currency's smallest unit. Admins read and type it as money; the
 * database and the API never hold a decimal.
 */
export const moneyField = (overrides: { name: string } & Partial<NumberField>): NumberField =>
  ({
    required: true,
    min: 0,
    validate: validateMoney,
    ...overrides,
    type: 'number',
    admin: {
      ...overrides.admin,
      components: {
        Cell: '/src/admin/money/MoneyCell#MoneyCell',
        Field: '/src/admin/money/MoneyInput#MoneyInput',
      },
    },
  }) as NumberField

/** An own `validate` replaces Payload's, so that it checks the limits of the field as well. */
const validateMoney = (
  value: unknown,
  { max = Infinity, min = 0, required }: { max?: number; min?: number; required?: boolean },
): string | true => {
  if (!required && (value === null || value === undefined)) return true
  if (!Number.isSafeInteger(value)) return 'Enter a whole number of minor units (paise, cents).'
  return (
    (Number(value) >= min && Number(value) <= max) ||
    `Enter ${min} minor units (paise, cents) or more${max === Infinity ? '' : `, up to ${max}`}.`
  )
}

/** A currency, checked against ISO 4217. It is text, so that a new currency needs no migration. */
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

/** A status: in lists a pill with an icon and a label (never colour alone), in forms a select. */
export const statusField = ({
  options,
  ...field
}: Omit<SelectField, 'options' | 'type'> & { options: string[] }): SelectField =>
  ({
    required: true,
    index: true,
    ...field,
    type: 'select',
    options: options.map((value) => ({ label: labelOf(value), value })),
    admin: {
      ...field.admin,
      isClearable: false,
      components: { Cell: '/src/admin/status/StatusCell#StatusCell' },
    },
  }) as SelectField

/** Basis points. Admins read and type them as a percentage. */
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
        Cell: '/src/admin/money/PercentCell#PercentCell',
        Field: '/src/admin/money/PercentInput#PercentInput',
      },
    },
  }) as NumberField

/** Refuses two rows of one currency, because it would be unclear which one counts. */
export const validateUniqueCurrencies = (rows: unknown): string | true => {
  const codes = Array.isArray(rows) ? rows.map((row: { currency?: string }) => row.currency) : []
  return new Set(codes).size === codes.length || 'Each currency can have one row only.'
}
