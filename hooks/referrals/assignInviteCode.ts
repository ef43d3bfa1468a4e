import { customAlphabet } from 'nanoid'
import type { CollectionBeforeChangeHook } from 'payload'

import type { User } from '../../src/payload-types.ts'

/** Capitals and digits without those that look alike: no 0 and O, no 1, I and L. */
const newCode = customAlphabet('23456789ABCDEFGHJKMNPQRSTUVWXYZ', 10)

/** Gives every new person a random invite code, one of 31^10. */
export const assignInviteCode: CollectionBeforeChangeHook<User> = ({ data, operation }) =>
  operation === 'create' ? { ...data, inviteCode: newCode() } : data
