import { parsePhoneNumberFromString } from 'libphonenumber-js'

/** Where a number without a country code is from. */
const HOME = 'IN'

/**
 * A number in E.164, so that two spellings of one compare equal; null where it is none.
 *
 * @example phoneNumber('098450 66620') // '+919845066620'
 */
export const phoneNumber = (text: string): string | null => {
  const phone = parsePhoneNumberFromString(text, HOME)
  return phone?.isValid() ? phone.number : null
}
