/**
 * Countries that write one mobile number in two international forms, each with the pattern of the
 * longer or older form and the form of the key. Mexico and Argentina are those that libphonenumber
 * lists as `MOBILE_TOKEN_MAPPINGS` (PhoneNumberUtil): a 1 after +52, dropped since August 2019, and
 * a 9 after +54. Brazil put a 9 before mobile numbers of eight digits until 2016 (Anatel, Resolução
 * 553/2010); the old form has an area code and a number that begins with 6 to 9.
 */
const FORMS: readonly [RegExp, string][] = [
  [/^\+521(\d{10})$/, '+52$1'],
  [/^\+549(\d{10})$/, '+54$1'],
  [/^\+55([1-9]\d)([6-9]\d{7})$/, '+55$19$2'],
]

/**
 * Turns a number in E.164 into the key of its line, so that both international forms of one number
 * have one key. It is for comparison alone, never for sending: Argentina delivers no SMS without
 * the 9.
 *
 * @example toPhoneKey('+5491123456789') // '+541123456789'
 */
export const toPhoneKey = (phone: string): string => {
  const [pattern, form] = FORMS.find(([one]) => one.test(phone)) ?? []
  return pattern && form ? phone.replace(pattern, form) : phone
}
