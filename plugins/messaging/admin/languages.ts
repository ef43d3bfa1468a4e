import type { Locale } from '../../../src/messaging/types.ts'

/** The languages as the staff calls them. */
export const LANGUAGES: Record<Locale, string> = { en: 'English', hi: 'Hindi' }
