import { templates } from '../../../src/messaging/templates/index.ts'
import { type Locale, LOCALES } from '../../../src/messaging/types.ts'

export const WIDTHS = ['desktop', 'phone'] as const
export type MessageChoice = {
  /** As the URL has it: there may be no such template. */
  template: string
  locale: Locale
  width: (typeof WIDTHS)[number]
}

/** What a URL asks to see. What it does not say is the first template, in English, at full width. */
export const messageChoice = (query: Record<string, unknown>): MessageChoice => ({
  template: typeof query.template === 'string' ? query.template : (templates[0]?.name ?? ''),
  locale: LOCALES.find((name) => name === query.locale) ?? 'en',
  width: WIDTHS.find((name) => name === query.width) ?? 'desktop',
})

/** A link to what was chosen, below `page`. */
export const messageHref = (page: string, { locale, template, width }: MessageChoice): string => {
  const query = new URLSearchParams({ template, locale, ...(width === 'phone' ? { width } : {}) })
  return `${page}?${query.toString()}`
}
