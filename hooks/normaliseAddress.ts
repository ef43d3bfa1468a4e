import { type CollectionBeforeValidateHook, ValidationError } from 'payload'

import type { Suppression } from '../src/payload-types.ts'
import { phoneNumber } from '../src/phoneNumber.ts'

/** Keeps addresses as messages have them: e-mail in small letters, numbers in E.164. */
export const normaliseAddress: CollectionBeforeValidateHook<Suppression> = ({ data, req }) => {
  if (typeof data?.address !== 'string') return data
  const typed = data.address.trim()
  const address = data.channel === 'sms' ? phoneNumber(typed) : typed.toLowerCase()
  if (address === null) {
    const message = 'Enter a valid phone number, such as +91 98765 43210.'
    throw new ValidationError({ errors: [{ path: 'address', message }] }, req.t)
  }
  return { ...data, address }
}
