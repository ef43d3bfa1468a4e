import type { PayloadRequest } from 'payload'

import { readDb } from '../../database/readDb.ts'
import { DomainError } from '../../domain/errors.ts'
import { maskEmail, maskPhone } from '../../domain/members/identity.ts'
import { type CodeContact, startChallenge } from '../../messaging/otp/challenge.ts'
import { payoutMethodCode } from '../../messaging/templates/payoutMethodCode.ts'
import { loadMethodContact } from './codeContact.ts'
import { lockOwnMethod, type MethodRow } from './methodStore.ts'

type Sending = {
  id: string
  member: string
  now: Date
  /** Called before anything is sent, to limit how often a contact gets codes. */
  limit: (contact: CodeContact) => Promise<void>
}

/**
 * Sends the code that confirms a method to the member's confirmed phone, or to the confirmed e-mail
 * address of a member without one. Returns the masked contact and when the code expires.
 *
 * @throws DomainError `request.not-found`, `payout-method.confirmed`, `payout-method.removed`,
 *   `payout-method.no-contact`
 */
export const sendMethodCode = async (
  req: PayloadRequest,
  { id, limit, member, now }: Sending,
): Promise<{ sentTo: string; expiresAt: Date }> => {
  const db = await readDb(req)
  const { display } = requireUnverified(await lockOwnMethod(db, { id, member }))
  const { kind, value } = await loadMethodContact(db, member)
  await limit({ kind, value })
  const expiresAt = await startChallenge(req, {
    userId: member,
    use: { purpose: 'payout-method', subject: id },
    contact: { kind, value },
    message: (code) => ({ template: payoutMethodCode, data: { code, method: display } }),
    now,
  })
  return { sentTo: kind === 'phone' ? maskPhone(value) : maskEmail(value), expiresAt }
}

/** @throws DomainError `payout-method.confirmed`, `payout-method.removed` */
export const requireUnverified = (method: MethodRow): MethodRow => {
  if (method.status === 'unverified') return method
  throw method.status === 'removed'
    ? new DomainError('payout-method.removed', 'This method was removed. Add it again.')
    : new DomainError('payout-method.confirmed', 'This method is confirmed already.')
}
