import type { CollectionAfterChangeHook } from 'payload'

import { inTransaction } from '../../src/database/inTransaction.ts'
import { type Contact, recordContacts } from '../../src/members/contactStore.ts'
import type { User } from '../../src/payload-types.ts'
import { now } from '../../src/platform/clock.ts'

/**
 * Keeps every address and number that an account has had, in the transaction that gives it: an
 * account that drops the number of its referrer is still compared by it.
 */
export const recordMemberContacts: CollectionAfterChangeHook<User> = async ({
  doc,
  operation,
  previousDoc,
  req,
}) => {
  const earlier = operation === 'create' ? [] : listContacts(previousDoc)
  const contacts = listContacts(doc).filter((one) => !earlier.some((other) => isSame(one, other)))
  await inTransaction(req, () => recordContacts(req, { userId: doc.id, contacts, now: now() }))
  return doc
}

const listContacts = (person: Partial<User>): Contact[] => {
  const { email, emailVerifiedAt, phone, phoneVerifiedAt } = person
  return [
    ...(email ? [{ kind: 'email', value: email, isConfirmed: !!emailVerifiedAt } as const] : []),
    ...(phone ? [{ kind: 'phone', value: phone, isConfirmed: !!phoneVerifiedAt } as const] : []),
  ]
}

const isSame = (one: Contact, other: Contact): boolean =>
  one.kind === other.kind && one.value === other.value && one.isConfirmed === other.isConfirmed
