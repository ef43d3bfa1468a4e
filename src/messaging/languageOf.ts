import { inLocale } from './inLocale.ts'
import { type Locale } from './types.ts'

const LANGUAGES: { en: Locale; hi: Locale } = { en: 'en', hi: 'hi' }

/**
 * The language of a stored locale; English where we have no words of it.
 *
 * @example languageOf('hi-IN') // 'hi'
 */
export const languageOf = (locale: string): Locale =>
  inLocale(LANGUAGES, locale.split(/[-_]/)[0]?.toLowerCase() ?? '')
