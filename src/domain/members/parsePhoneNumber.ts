import { parsePhoneNumberFromString } from 'libphonenumber-js'

/** The country of a number without a country code. */
const DEFAULT_COUNTRY = 'IN'

/**
 * Parses a phone number to E.164, so that two spellings of one number compare equal; null if
 * invalid.
 *
 * @example parsePhoneNumber('098450 66620') // '+919845066620'
 */
export const parsePhoneNumber = (text: string): string | null => {
  const phone = parsePhoneNumberFromString(text, DEFAULT_COUNTRY)
  return phone?.isValid() ? phone.number : null
}
