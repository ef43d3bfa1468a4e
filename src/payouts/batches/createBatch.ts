import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { addDays } from '../../domain/dates.ts'
import { DomainError } from '../../domain/errors.ts'
import { dayIn, isDay, startOfDay } from '../../domain/zonedDay.ts'
import { recordAudit } from '../../platform/audit/recordAudit.ts'
import { encrypt } from '../../platform/encryption.ts'
import { startAttempts } from '../attempts/claimAttempts.ts'
import { loadDraftOrders } from '../attempts/loadOrder.ts'
import { checkOrder } from '../bankFiles/checkOrder.ts'
import { checkProfile } from '../bankFiles/checkProfile.ts'
import { fillFileName } from '../bankFiles/fillFileName.ts'
import type { BankProfile } from '../bankFiles/profiles.ts'
import type { PayoutOrder } from '../drivers/types.ts'
import { BANK_FILE, findPayouts } from '../findPayouts.ts'
import { createReference } from '../references.ts'
import { lockClaimable } from '../withdrawals/lockClaimable.ts'
import type { WithdrawalRow } from '../withdrawals/withdrawalStore.ts'
import { findProfile } from './bankProfiles.ts'
import { insertBatch } from './batchStore.ts'

export type BatchRequest = {
  /** The name of a profile. */
  bankProfile: string
  /** Null: all that are approved with this profile, the earliest approved first. */
  ids: readonly string[] | null
  /** The day on which the bank pays, in ISO form and the time zone of the profile. */
  payDate: string
  by: string
  now: Date
}

/** A withdrawal that is not in the batch. It stays as it was. */
type LeftOut = { id: string; reference: string | null; code: string; message: string }
export type CreatedBatch = {
  id: string
  reference: string
  fileName: string
  count: number
  /** Minor units of `currency`: what the bank pays. */
  totalMinor: number
  currency: string
  refused: LeftOut[]
  /** True if more withdrawals wait than the bank takes in one file. */
  hasMore: boolean
}

/**
 * Makes a batch of approved withdrawals in the caller's transaction: each gets an attempt, and its
 * money leaves `held`, as if the file were at the bank. A withdrawal that the file cannot pay is
 * listed and stays approved. The number of statements does not depend on how many they are. Audited.
 *
 * @throws DomainError `payout-batch.profile` there is no such profile, or it is not complete
 * @throws DomainError `payout-batch.pay-date` the day is past, or more than 30 days ahead
 * @throws DomainError `payout-batch.empty` none of them can be paid; `payout-file.too-many-rows`,
 *   `payout-file.file-name`
 */
export const createBatch = async (
  req: PayloadRequest,
  { bankProfile, by, ids, now, payDate }: BatchRequest,
): Promise<CreatedBatch> => {
  const db = await dbIn(req)
  const profile = await requireProfile(db, bankProfile)
  const paidAt = readPayDate(payDate, profile, now)
  const locked = await lockPayable(db, { profile, ids, now })
  const { encryptionKey } = findPayouts(req.payload)
  const drafts = await loadDraftOrders(db, {
    encryptionKey,
    withdrawals: locked.withdrawals.map(({ id }) => id),
  })
  const { orders, payable, refused } = checkDrafts(profile, locked.withdrawals, drafts)
  const leftOut = [...refused, ...(await explainMissing(db, ids, locked.withdrawals, profile))]
  if (payable.length === 0) throw isEmpty(leftOut)

  const reference = createReference('B')
  const fileName = fillFileName(profile.fileName, { batchKey: reference, day: payDate })
  if (fileName === null) {
    throw new DomainError('payout-file.file-name', 'The name of the file has other characters.')
  }
  const facts = { reference, fileName, count: payable.length, totalMinor: sumNet(payable) }
  const sealedContacts = sealContacts(encryptionKey, { orders, profile, reference })
  const batch = { ...facts, profile, payDate: paidAt, madeBy: by, sealedContacts }
  const id = await insertBatch(db, batch, now)
  await startAttempts(req, { withdrawals: payable, batch: id, lease: null, status: 'sent', now })
  const after = { ...facts, bankProfile, payDate, currency: profile.currency }
  await recordAudit({ req, action: 'create', subject: 'payout-batches', subjectId: id, after })
  const { currency } = profile
  return { id, ...facts, currency, refused: leftOut, hasMore: locked.hasMore }
}

const requireProfile = async (db: Database, name: string): Promise<BankProfile> => {
  const profile = await findProfile(db, name)
  if (!profile) {
    const message = 'There is no profile of this name.'
    throw new DomainError('payout-batch.profile', message, { field: 'bankProfile' })
  }
  const problem = checkProfile(profile)
  if (problem === true) return profile
  const message = `Complete the profile first. ${problem}`
  throw new DomainError('payout-batch.profile', message, { field: 'bankProfile' })
}

const MAX_DAYS_AHEAD = 30

/** Noon would be as good: the file has the day alone. */
const readPayDate = (day: string, { timeZone }: BankProfile, now: Date): Date => {
  const [first, last] = [dayIn(now, timeZone), dayIn(addDays(now, MAX_DAYS_AHEAD), timeZone)]
  if (isDay(day) && day >= first && day <= last) return startOfDay(day, timeZone)
  const message = `Give a day from ${first} to ${last}.`
  throw new DomainError('payout-batch.pay-date', message, { field: 'payDate' })
}

type Lock = { profile: BankProfile; ids: readonly string[] | null; now: Date }

const lockPayable = async (
  db: Database,
  { ids, now, profile }: Lock,
): Promise<{ withdrawals: WithdrawalRow[]; hasMore: boolean }> => {
  const { maxRows, name: bankProfile } = profile
  if (ids !== null && ids.length > maxRows) {
    const message = `The bank takes ${maxRows} rows in a file. Split the batch.`
    throw new DomainError('payout-file.too-many-rows', message, { field: 'ids' })
  }
  const drivers = [BANK_FILE]
  const rows = await lockClaimable(db, { drivers, bankProfile, ids, limit: maxRows + 1, now })
  return { withdrawals: rows.slice(0, maxRows), hasMore: rows.length > maxRows }
}

const checkDrafts = (
  profile: BankProfile,
  withdrawals: readonly WithdrawalRow[],
  drafts: ReadonlyMap<string, PayoutOrder>,
) => {
  const payable: WithdrawalRow[] = []
  const orders: PayoutOrder[] = []
  const refused: LeftOut[] = []
  for (const withdrawal of withdrawals) {
    const { id, reference } = withdrawal
    const order = drafts.get(id)
    const refusal = order ? checkOrder(profile, order) : null
    if (refusal) refused.push({ id, reference, ...refusal })
    else if (order) {
      payable.push(withdrawal)
      orders.push(order)
    }
  }
  return { orders, payable, refused }
}

type Missing = { id: string; reference: string; status: string; isOther: boolean }

/** Explains why withdrawals that were named could not be locked. */
const explainMissing = async (
  db: Database,
  ids: readonly string[] | null,
  locked: readonly WithdrawalRow[],
  { name }: BankProfile,
): Promise<LeftOut[]> => {
  const found = new Set(locked.map(({ id }) => id))
  const missing = (ids ?? []).filter((id) => !found.has(id))
  if (missing.length === 0) return []
  const { rows } = await db.execute<Missing>(sql`
    select w.id::text, w.reference, w.status::text,
      (w.driver, w.bank_profile) is distinct from (${BANK_FILE}::text, ${name}::text) as "isOther"
    from withdrawals w
    where w.id in (select jsonb_array_elements_text(${JSON.stringify(missing)}::jsonb)::uuid)`)
  const known = new Map(rows.map((row) => [row.id, row]))
  return missing.map((id) => ({
    id,
    reference: known.get(id)?.reference ?? null,
    ...explain(known.get(id), name),
  }))
}

const explain = (row: Missing | undefined, profile: string): { code: string; message: string } => {
  if (!row) return { code: 'request.not-found', message: 'There is no such withdrawal.' }
  if (row.status !== 'approved') {
    const message = `This withdrawal is ${row.status.replace('-', ' ')}.`
    return { code: 'withdrawal.wrong-status', message }
  }
  if (row.isOther) {
    return { code: 'payout-batch.other-profile', message: `${profile} does not pay it.` }
  }
  const message =
    'It cannot be paid now: the member is under review, a wallet is frozen or below zero, its next attempt is later, an earlier attempt may have been paid, or another person takes it at this moment.'
  return { code: 'payout-batch.not-payable', message }
}

const isEmpty = (refused: readonly LeftOut[]): DomainError => {
  const [first] = refused
  const because = first ? ` ${first.reference ?? first.id}: ${first.message}` : ''
  const message = `No approved withdrawal can be paid with this profile now.${because}`
  return new DomainError('payout-batch.empty', message, { refused })
}

const sumNet = (withdrawals: readonly WithdrawalRow[]): number =>
  withdrawals.reduce((sum, { netMinor }) => sum + netMinor, 0)

type Contacts = { orders: readonly PayoutOrder[]; profile: BankProfile; reference: string }

/** Names the place of the encrypted contacts of a batch. */
export const contactsContext = (reference: string): string => `payout-batches:${reference}`

/** Encrypts the e-mail addresses and phones that the file has; null for a file that has none. */
const sealContacts = (
  encryptionKey: Buffer,
  { orders, profile, reference }: Contacts,
): string | null => {
  const hasContacts =
    profile.format === 'csv' &&
    profile.columns.some(({ value }) => value === 'email' || value === 'phone')
  if (!hasContacts) return null
  const contacts = Object.fromEntries(
    orders.map(({ recipient: { email, memberId, phone } }) => [memberId, { email, phone }]),
  )
  return encrypt(encryptionKey, JSON.stringify(contacts), contactsContext(reference))
}
