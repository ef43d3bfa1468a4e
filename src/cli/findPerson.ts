import type { Payload } from 'payload'

import type { User } from '../payload-types.ts'

/** The user with an e-mail address, in any case. @throws Error if there is none */
export const findPerson = async (payload: Payload, email: string): Promise<User> => {
  const { docs } = await payload.find({
    collection: 'users',
    where: { email: { equals: email.trim().toLowerCase() } },
    depth: 0,
    limit: 1,
    pagination: false,
  })
  if (!docs[0]) throw new Error(`There is no user with the e-mail address ${email}.`)
  return docs[0]
}
