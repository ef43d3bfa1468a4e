/** JSON has no symbol keys, so no stored value can pass for markup. */
const MARKUP = Symbol('markup')

/** Markup that `html` made; the only value that is not escaped. */
export type Html = { readonly [MARKUP]: string }

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * Template tag that escapes every interpolated value, for text and for quoted attributes, so that a
 * name cannot become markup. Only other `html` is inserted unchanged.
 */
export const html = (
  literals: TemplateStringsArray,
  ...values: (Html | readonly Html[] | string | number)[]
): Html => ({ [MARKUP]: String.raw({ raw: literals }, ...values.map(toMarkupPart)) })

/** The markup as text for a provider. */
export const toMarkup = (part: Html): string => part[MARKUP]

const toMarkupPart = (value: Html | readonly Html[] | string | number): string => {
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value))
  return 'map' in value ? value.map(toMarkup).join('') : toMarkup(value)
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '')
