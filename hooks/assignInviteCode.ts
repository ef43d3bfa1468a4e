import { customAlphabet } from 'nanoid'
import type { CollectionBeforeChangeHook } from 'payload'

import type { User } from '../src/payload-types.ts'

/** Capitals and digits that nobody confuses when reading aloud: no 0 and O, no 1, I and L. */
const newCode = customAlphabet('23456789ABCDEFGHJKMNPQRSTUVWXYZ', 10)

/** Gives every new person an invite code nobody can guess: one of 31^10. */
export const assignInviteCode: CollectionBeforeChangeHook<User> = ({ data, operation }) =>
  operation === 'create' ? { ...data, inviteCode: newCode() } : data
