import { type CollectionBeforeValidateHook, ValidationError } from 'payload'

import type { Suppression } from '../../src/payload-types.ts'
import { parsePhoneNumber } from '../../src/domain/members/parsePhoneNumber.ts'

/** Stores addresses in the form that messages use: e-mail in lower case, numbers in E.164. */
export const normaliseAddress: CollectionBeforeValidateHook<Suppression> = ({ data, req }) => {
  if (typeof data?.address !== 'string') return data
  const typed = data.address.trim()
  const address = data.channel === 'sms' ? parsePhoneNumber(typed) : typed.toLowerCase()
  if (address === null) {
    const message = 'Enter a valid phone number, such as +91 98765 43210.'
    throw new ValidationError({ errors: [{ path: 'address', message }] }, req.t)
  }
  return { ...data, address }
}
