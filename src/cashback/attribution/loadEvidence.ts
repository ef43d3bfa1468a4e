import { sql } from '@payloadcms/db-postgres'

import type { CashbackRate } from '../../domain/cashback/cashback.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Database } from '../../database/dbIn.ts'
import type { UnattributedTransaction } from './loadUnattributed.ts'

/** The member of an assignment and its evidence: ids of rows. */
export type AssignmentRequest = { member: string; click: string | null; claim: string | null }
export type Evidence = {
  /** The merchant of the transaction, else of the click or the claim; null if none is known. */
  merchant: string | null
  /** The rate promised at the click, else the rate that applies without a click. */
  rate: CashbackRate
}

/**
 * Checks that click and claim fit the transaction and the member, and loads the merchant and the
 * rate that follow from them. Locks the claim.
 *
 * @throws DomainError `assignment.unknown-member`
 * @throws DomainError `assignment.unknown-click`, `assignment.unknown-claim` it does not exist, or
 *   is another member's
 * @throws DomainError `assignment.click-of-robot`, `assignment.click-too-late`
 * @throws DomainError `assignment.other-merchant` the merchants of transaction, click and claim differ
 * @throws DomainError `claim.decided` the claim is not open any more
 */
export const loadEvidence = async (
  db: Database,
  unattributed: UnattributedTransaction,
  request: AssignmentRequest,
): Promise<Evidence> => {
  await requireMember(db, request.member)
  const click = request.click === null ? null : await requireClick(db, unattributed, request)
  const claim = request.claim === null ? null : await requireClaim(db, request)
  const merchants = [unattributed.merchant, click?.merchant, claim?.merchant].filter(isText)
  if (new Set(merchants).size > 1) {
    const field = click && click.merchant !== merchants[0] ? 'click' : 'claim'
    const message = 'Transaction, click and claim must have the same merchant.'
    throw new DomainError('assignment.other-merchant', message, { field })
  }
  const promised = click ?? (unattributed.merchant === null ? claim : null)
  return {
    merchant: merchants[0] ?? null,
    rate: promised ? { basis: promised.basis, rateBps: promised.rateBps } : unattributed.rate,
  }
}

const isText = (value: string | null | undefined): value is string => typeof value === 'string'

const requireMember = async (db: Database, member: string): Promise<void> => {
  const { rows } = await db.execute(sql`select 1 from users where id = ${member}`)
  if (rows.length > 0) return
  throw new DomainError('assignment.unknown-member', 'There is no such member.', {
    field: 'member',
  })
}

type Click = {
  merchant: string
  basis: CashbackRate['basis']
  rateBps: number
  isBot: boolean
  isTooLate: boolean
}

const requireClick = async (
  db: Database,
  unattributed: UnattributedTransaction,
  { click, member }: AssignmentRequest,
): Promise<Click> => {
  // A tolerance of one day: some networks report the day of a transaction and no time.
  const { rows } = await db.execute<Click>(sql`
    select merchant_id::text as merchant, rate_basis::text as basis, rate_bps::int as "rateBps",
      is_bot is true as "isBot",
      created_at > ${unattributed.eventAt}::timestamptz + interval '1 day' as "isTooLate"
    from clicks where id = ${click} and member_id = ${member}`)
  const field = 'click'
  const [found] = rows
  if (!found) {
    throw new DomainError('assignment.unknown-click', 'The member has no such click.', { field })
  }
  if (found.isBot) {
    throw new DomainError('assignment.click-of-robot', 'A robot’s click earns nothing.', { field })
  }
  if (found.isTooLate) {
    const message = 'This click is later than the transaction.'
    throw new DomainError('assignment.click-too-late', message, { field })
  }
  return found
}

type Claim = Pick<Click, 'basis' | 'merchant' | 'rateBps'> & { status: string }

/** Locks the claim, so that no other decision answers it in the meantime. */
const requireClaim = async (db: Database, { claim, member }: AssignmentRequest): Promise<Claim> => {
  const { rows } = await db.execute<Claim>(sql`
    select k.merchant_id::text as merchant, k.status::text,
      coalesce(m.rate_basis::text, config.rate_basis::text) as basis,
      coalesce(m.rate_bps, config.rate_bps)::int as "rateBps"
    from cashback_claims k join merchants m on m.id = k.merchant_id
    cross join (select rate_basis, rate_bps from cashback_config limit 1) config
    where k.id = ${claim} and k.member_id = ${member} for no key update of k`)
  const field = 'claim'
  const [found] = rows
  if (!found) {
    throw new DomainError('assignment.unknown-claim', 'The member has no such claim.', { field })
  }
  if (found.status !== 'open') {
    throw new DomainError('claim.decided', 'This claim is already answered.', { field })
  }
  return found
}
