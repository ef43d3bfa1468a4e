import { formatMoney } from '../domain/money.ts'
import { resolveTimeZone } from '../domain/zonedDay.ts'
import type { Locale } from './types.ts'

/** Texts by language; English is always present. */
export type Translations<Shape> = { en: Shape } & Partial<Record<Locale, Shape>>

/** The texts in a language, or in English: a row may hold a language of a later version. */
export const inLocale = <Shape>(texts: Translations<Shape>, language: string): Shape =>
  Object.entries<Shape | undefined>(texts).find(([name]) => name === language)?.[1] ?? texts.en

const LANGUAGES: { en: Locale; hi: Locale } = { en: 'en', hi: 'hi' }

/**
 * The language of a stored locale; English where there are no texts in it.
 *
 * @example findLanguage('hi-IN') // 'hi'
 */
export const findLanguage = (locale: string): Locale =>
  inLocale(LANGUAGES, locale.split(/[-_]/)[0]?.toLowerCase() ?? '')

/** The locale of numbers and dates. Members are in India, so digits are grouped in lakhs. */
const findRegion = (locale: string): string => inLocale({ en: 'en-IN', hi: 'hi-IN' }, locale)

/**
 * Formats a stored instant as date and time in a time zone, and names the zone, because a message
 * can be read anywhere. Hindi uses the 24-hour clock: ICU writes its "am" and "pm" in Latin
 * letters.
 */
export const formatInstant = (
  at: string,
  { locale, timeZone }: { locale: string; timeZone: string },
): string => {
  const zone = resolveTimeZone(timeZone)
  const day = new Intl.DateTimeFormat(findRegion(locale), { dateStyle: 'full', timeZone: zone })
  const time = new Intl.DateTimeFormat(findRegion(locale), {
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: locale === 'hi' ? 'h23' : 'h12',
    timeZone: zone,
    timeZoneName: 'short',
  })
  const instant = new Date(at)
  // No line break within "6:00 pm".
  return `${day.format(instant)}, ${time.format(instant).replace(/\s/g, '\u00a0')}`
}

/** Returns a function that formats amounts of one currency for e-mails in that language. */
export const moneyFormatter =
  (currency: string, locale: string) =>
  (amountMinor: number): string =>
    formatMoney(amountMinor, currency, findRegion(locale))
