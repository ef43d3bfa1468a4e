import { type CollectionBeforeValidateHook, ValidationError } from 'payload'

import type { User } from '../../src/payload-types.ts'
import { parsePhoneNumber } from '../../src/domain/members/parsePhoneNumber.ts'

/** Stores phone numbers in E.164, so that two spellings of one number compare equal. */
export const normalisePhone: CollectionBeforeValidateHook<User> = ({ data, req }) => {
  if (!data?.phone) return data
  const phone = parsePhoneNumber(data.phone)
  if (phone === null) {
    throw new ValidationError(
      {
        errors: [
          { path: 'phone', message: 'Enter a valid phone number, such as +91 98765 43210.' },
        ],
      },
      req.t,
    )
  }
  return { ...data, phone }
}
