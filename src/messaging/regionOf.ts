import { inLocale } from './inLocale.ts'

/** The locale of numbers and dates: members are in India, so digits are grouped in lakhs. */
export const regionOf = (locale: string): string => inLocale({ en: 'en-IN', hi: 'hi-IN' }, locale)
