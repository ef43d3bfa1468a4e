import { digitsOf } from '../domain/currency.ts'
import { toDecimal } from '../domain/money.ts'
import { inLocale, type Words } from './inLocale.ts'
import { type TemplateContext } from './types.ts'

/** What DLT allows in one variable; a longer value makes operators drop the message. */
const MAX_VALUE = 30

/** Before a variable with an amount. ₹ is no GSM character, and would halve the room of a text. */
const RUPEES = /(?:Rs\.|रु\.)(?=\{)/g

type SmsParts<Data> = {
  /** As registered with DLT, a variable as `{name}`. */
  texts: Words<string>
  /** By the names in the texts; `brand` is added. */
  variables: (data: Data) => Record<string, string>
  currencyOf?: (data: Data) => string
}

/**
 * The two halves of a template's SMS, from one registered text: what is sent and the values that
 * DLT compares it with cannot differ. Spread into the template.
 */
export const smsText = <Data extends object>({ texts, variables, currencyOf }: SmsParts<Data>) => {
  const smsVariables = (data: Data, { brand }: TemplateContext): Record<string, string> =>
    Object.fromEntries(
      Object.entries({ ...variables(data), brand }).map(([name, value]) => [name, clip(value)]),
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
 * An amount as a text with "Rs." in front of it takes it; other currencies bring their code.
 *
 * @example smsAmount(12_345_678, 'INR') // '1,23,456.78'
 */
export const smsAmount = (amountMinor: number, currency: string): string => {
  const digits = digitsOf(currency)
  const amount = new Intl.NumberFormat('en-IN', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(toDecimal(amountMinor, currency) as Intl.StringNumericLiteral)
  return currency === 'INR' ? amount : `${currency} ${amount}`
}

/** Typographic signs become what a GSM phone has; a letter with its marks is never cut in two. */
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
