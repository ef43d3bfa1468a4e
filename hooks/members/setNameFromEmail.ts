import type { FieldHook } from 'payload'

import type { User } from '../../src/payload-types.ts'

/** Names a new person after their mailbox until a name is given, so that the admin shows one. */
export const setNameFromEmail: FieldHook<User, string | null | undefined, User> = ({
  data,
  operation,
  value,
}) => value ?? (operation === 'create' ? data?.email?.split('@')[0] : value)
