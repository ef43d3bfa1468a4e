/** A value of JSON has no such key, so nothing that was stored can pass for markup. */
const MARKUP = Symbol('markup')

/** Markup made by `html` alone; the one thing that another template takes as it is. */
export type Html = { readonly [MARKUP]: string }

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * Template tag: everything interpolated is escaped, for text and for quoted attributes, so a name
 * cannot become markup. Only other `html` stays what it is.
 */
export const html = (
  literals: TemplateStringsArray,
  ...values: (Html | readonly Html[] | string | number)[]
): Html => ({ [MARKUP]: String.raw({ raw: literals }, ...values.map(markupOfValue)) })

/** What a provider gets. */
export const markupOf = (part: Html): string => part[MARKUP]

const markupOfValue = (value: Html | readonly Html[] | string | number): string => {
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value))
  return 'map' in value ? value.map(markupOf).join('') : markupOf(value)
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '')
