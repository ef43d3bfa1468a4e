import type { Locale } from '../../../src/messaging/types.ts'

/** The names of the languages for the staff. */
export const LANGUAGES: Record<Locale, string> = { en: 'English', hi: 'Hindi' }
