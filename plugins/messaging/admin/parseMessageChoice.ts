import { templates } from '../../../src/messaging/templates/index.ts'
import { type Locale, LOCALES } from '../../../src/messaging/types.ts'

export const WIDTHS = ['desktop', 'phone'] as const
export type MessageChoice = {
  /** From the URL: there may be no such template. */
  template: string
  locale: Locale
  width: (typeof WIDTHS)[number]
}

/** Parses the query of the messages view. Defaults: the first template, in English, at full width. */
export const parseMessageChoice = (query: Record<string, unknown>): MessageChoice => ({
  template: typeof query.template === 'string' ? query.template : (templates[0]?.name ?? ''),
  locale: LOCALES.find((name) => name === query.locale) ?? 'en',
  width: WIDTHS.find((name) => name === query.width) ?? 'desktop',
})

/** The address of a choice, below `page`. */
export const messageHref = (page: string, { locale, template, width }: MessageChoice): string => {
  const query = new URLSearchParams({ template, locale, ...(width === 'phone' ? { width } : {}) })
  return `${page}?${query.toString()}`
}
