import type { Payload } from 'payload'

import type { User } from '../payload-types.ts'

/** The person with an e-mail address, however it is spelt. */
export const personOf = async (payload: Payload, email: string): Promise<User> => {
  const { docs } = await payload.find({
    collection: 'users',
    where: { email: { equals: email.trim().toLowerCase() } },
    depth: 0,
    limit: 1,
    pagination: false,
  })
  if (!docs[0]) throw new Error(`Nobody has the e-mail address ${email}.`)
  return docs[0]
}
