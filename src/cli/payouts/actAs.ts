import { createLocalReq, type Payload, type PayloadRequest } from 'payload'

import { findPerson } from '../findPerson.ts'

/**
 * Opens a request of a person of finance or an admin, under the rules that the person has in the
 * product. The command names the person, and so does the audit log.
 *
 * @throws Error there is no such person, or one of another role
 */
export const actAs = async (
  payload: Payload,
  email: string,
): Promise<{ req: PayloadRequest; by: string }> => {
  const person = await findPerson(payload, email)
  if (person.role !== 'finance' && person.role !== 'admin') {
    throw new Error(`${email} is neither of finance nor an admin.`)
  }
  const req = await createLocalReq({ user: { ...person, collection: 'users' } }, payload)
  return { req, by: person.id }
}
