'use client'
import { useFormFields } from '@payloadcms/ui'
import type { NumberFieldClientProps } from 'payload'

import { minorDigits, isCurrency } from '../../domain/currency.ts'
import { formatMoney, toDecimal, toMinor } from '../../domain/money.ts'
import { DecimalInput } from './DecimalInput.tsx'

/** An amount: typed as money in the currency beside it, stored in minor units. */
export const MoneyInput = (props: NumberFieldClientProps) => {
  // The currency is the sibling field, also inside a row of a list.
  const beside = props.path.replace(/[^.]+$/, 'currency')
  const typed = useFormFields(([fields]) => fields[beside]?.value)
  const currency = isCurrency(typed) ? typed : null
  const isReadOnly = Boolean(props.readOnly ?? props.field.admin?.readOnly)

  return (
    <DecimalInput
      {...props}
      hint={`An amount such as ${currency ? toDecimal(50_000, currency) : '500.00'}, with at most ${currency ? minorDigits(currency) : 2} decimals.`}
      prefix={currency && !isReadOnly ? signOf(currency) : undefined}
      read={(text) => readMoney(text, currency)}
      show={(minor) =>
        currency
          ? isReadOnly
            ? formatMoney(minor, currency)
            : plain(minor, currency)
          : String(minor)
      }
    />
  )
}

const readMoney = (text: string, currency: string | null): number | null => {
  try {
    return currency ? toMinor(text, currency) : null
  } catch {
    return null // not an amount (yet): the hint shows an example
  }
}

const signOf = (currency: string): string => formatMoney(0, currency).replace(/[\d.,\s\u00a0]/g, '')

/** Grouped, without the currency sign, which is shown before the box. */
const plain = (minor: number, currency: string): string =>
  formatMoney(minor, currency).replace(signOf(currency), '').trim()
