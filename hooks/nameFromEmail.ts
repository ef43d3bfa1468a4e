import type { FieldHook } from 'payload'

import type { User } from '../src/payload-types.ts'

/** A person is never nameless in the admin: until a name is given, it is the mailbox's. */
export const nameFromEmail: FieldHook<User, string | null | undefined, User> = ({
  data,
  operation,
  value,
}) => value ?? (operation === 'create' ? data?.email?.split('@')[0] : value)
