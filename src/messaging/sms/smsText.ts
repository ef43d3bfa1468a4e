import { minorDigits } from '../../domain/currency.ts'
import { toDecimal } from '../../domain/money.ts'
import { inLocale, type Translations } from '../locale.ts'
import type { Locale, TemplateContext } from '../types.ts'

/** The longest value that DLT allows; operators drop a message with a longer one. */
const MAX_VALUE = 30

/** Precedes an amount variable. ₹ is no GSM character and would halve the capacity of a text. */
const RUPEES = /(?:Rs\.|रु\.)(?=\{)/g

type SmsParts<Data> = {
  /** The texts as registered with DLT, with variables as `{name}`. */
  texts: Translations<string>
  /** The values by variable name; `brand` is added. */
  variables: (data: Data, locale: Locale) => Record<string, string>
  currencyOf?: (data: Data) => string
}

/**
 * Builds both halves of a template's SMS from one registered text, so that the sent text and the
 * values that DLT compares it with cannot differ. Spread the result into the template.
 */
export const smsText = <Data extends object>({ texts, variables, currencyOf }: SmsParts<Data>) => {
  const smsVariables = (data: Data, { brand, locale }: TemplateContext): Record<string, string> =>
    Object.fromEntries(
      Object.entries({ ...variables(data, locale), brand }).map(([name, value]) => [
        name,
        clip(value),
      ]),
    )
  const sms = (data: Data, context: TemplateContext): string => {
    const values = smsVariables(data, context)
    const text = inLocale(texts, context.locale)
    const isRupees = !currencyOf || currencyOf(data) === 'INR'
    return (isRupees ? text : text.replace(RUPEES, '')).replace(
      /\{(\w+)\}/g,
      (hole, name: string) => values[name] ?? hole,
    )
  }
  return { sms, smsVariables }
}

/**
 * An amount for a text that has "Rs." in front of it; other currencies get their code instead.
 *
 * @example smsAmount(12_345_678, 'INR') // '1,23,456.78'
 */
export const smsAmount = (amountMinor: number, currency: string): string => {
  const digits = minorDigits(currency)
  const amount = new Intl.NumberFormat('en-IN', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(toDecimal(amountMinor, currency) as Intl.StringNumericLiteral)
  return currency === 'INR' ? amount : `${currency} ${amount}`
}

/**
 * A masked account in GSM characters: a bullet would halve the capacity of a text.
 *
 * @example maskForSms('•••• 6620') // '**** 6620'
 */
export const maskForSms = (masked: string): string =>
  masked.replaceAll('•', '*').replaceAll('…', '...')

/** Replaces typographic characters by GSM ones, and never cuts a letter from its marks. */
const clip = (value: string): string => {
  const plain = value.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/[–—−]/g, '-')
  if (plain.length <= MAX_VALUE) return plain
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(plain)) {
    if (kept.length + segment.length > MAX_VALUE) break
    kept += segment
  }
  return kept.trimEnd()
}
