import type { CollectionSlug, PayloadRequest } from 'payload'

type Account = {
  id: string
  email?: string | null
  lockUntil?: Date | string | null
  loginAttempts?: number | null
}

/**
 * The account of an e-mail address, compared as signing in compares it. With a request it is read
 * in its transaction, if it has one.
 */
export const findAccount = async (
  slug: string,
  email: unknown,
  req: PayloadRequest,
): Promise<Account | null> => {
  if (typeof email !== 'string') return null
  return req.payload.db.findOne<Account>({
    collection: slug as CollectionSlug,
    where: { email: { equals: email.toLowerCase().trim() } },
    req,
  })
}
