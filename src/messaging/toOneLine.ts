/** Line breaks and other controls, and marks that change the writing direction of what follows. */
const UNWANTED = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu

/**
 * Puts a value on one line, so that typed text cannot start a new line in a subject, a text part or
 * an SMS. Keeps joiners, which Hindi needs.
 *
 * @example toOneLine('Asha\r\nBcc: all') // 'Asha Bcc: all'
 */
export const toOneLine = (text: string): string =>
  text.replace(UNWANTED, ' ').replace(/\s+/g, ' ').trim()
