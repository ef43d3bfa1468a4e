/** Line breaks and other controls, and what turns the direction of writing for all that follows. */
const UNWANTED = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu

/**
 * A value as part of one line: what somebody typed can start no line of its own in a subject, a text
 * part or an SMS. Joiners stay, Hindi needs them.
 *
 * @example oneLine('Asha\r\nBcc: all') // 'Asha Bcc: all'
 */
export const oneLine = (text: string): string =>
  text.replace(UNWANTED, ' ').replace(/\s+/g, ' ').trim()
