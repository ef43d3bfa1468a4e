import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { readDb } from '../../database/readDb.ts'
import type { MethodKind } from '../../domain/payouts/methodKinds.ts'
import { computeUsableFrom } from '../../domain/payouts/usableFrom.ts'
import {
  codeExpired,
  type PassedChallenge,
  spendTry,
  useChallenge,
} from '../../messaging/otp/challenge.ts'
import { findOutbox } from '../../messaging/outbox/findOutbox.ts'
import { recordAudit } from '../../platform/audit/recordAudit.ts'
import { loadMethodContact } from './codeContact.ts'
import { activateMethod, lockMember, lockOwnMethod } from './methodStore.ts'
import { notifyMethodChange } from './notifyMethodChange.ts'
import { requireUnverified } from './sendMethodCode.ts'

type Confirmation = { id: string; member: string; code: string; now: Date }

/**
 * Confirms a method by the code that was sent for it, and returns from when it can be used (see
 * `computeUsableFrom`). The contact that received the code must still be the member's. Must run
 * outside a transaction: a wrong code costs a try.
 *
 * @throws DomainError `request.not-found`, `payout-method.confirmed`, `payout-method.removed`
 * @throws DomainError `otp.expired`, `otp.wrong-code`
 */
export const confirmMethod = async (
  req: PayloadRequest,
  confirmation: Confirmation,
): Promise<{ usableFrom: Date }> => {
  const { code, id, member: userId, now } = confirmation
  const db = await readDb(req)
  requireUnverified(await lockOwnMethod(db, { id, member: userId }))
  const { encryptionKey } = findOutbox(req.payload)
  const use = { purpose: 'payout-method', subject: id } as const
  const passed = await spendTry(db, { userId, use, code, encryptionKey, now })
  return inTransaction(req, () => activate(req, confirmation, passed))
}

const activate = async (
  req: PayloadRequest,
  { id, member, now }: Confirmation,
  { challengeId, contact }: PassedChallenge,
): Promise<{ usableFrom: Date }> => {
  const db = await dbIn(req)
  const { name } = await lockMember(db, member)
  const { display, kind } = requireUnverified(await lockOwnMethod(db, { id, member }))
  await useChallenge(db, { challengeId, now })
  const present = await loadMethodContact(db, member)
  if (present.kind !== contact.kind || present.value !== contact.value) throw codeExpired()

  const usableFrom = computeUsableFrom({
    now,
    coolOffHours: await loadCoolOffHours(db, kind),
    contactSince: present.since,
    memberSince: present.memberSince,
  })
  await activateMethod(db, { id, verifiedBy: contact.kind, usableFrom, now })
  await recordAudit({
    req,
    action: 'confirm',
    subject: 'payout-methods',
    subjectId: id,
    before: { status: 'unverified' },
    after: { status: 'active', verifiedBy: contact.kind, usableFrom: usableFrom.toISOString() },
  })
  await notifyMethodChange(req, { id, member, name, kind: 'confirmed', display, usableFrom, now })
  return { usableFrom }
}

const DEFAULT_HOURS = 72

/** The strictest rule of the kind counts, also one that is off: it may be switched on later. */
const loadCoolOffHours = async (db: Database, kind: MethodKind): Promise<number> => {
  const { rows } = await db.execute<{ hours: number | null }>(sql`
    select max(cool_off_hours)::float8 as hours from payout_config_rules
    where kind::text = ${kind}`)
  return rows[0]?.hours ?? DEFAULT_HOURS
}
