import { sql } from '@payloadcms/db-postgres'

import type { CashbackRate } from '../domain/cashback.ts'
import { DomainError } from '../domain/errors.ts'
import type { Database } from '../ledger/transactionOf.ts'
import type { Orphan } from './types.ts'

/** To whom a sale is to be given, and on what grounds. Ids of rows. */
export type Asked = { member: string; click: string | null; claim: string | null }
export type Grounds = {
  /** The sale's, else that of the click or the claim; null where nothing tells it. */
  merchant: string | null
  /** What was promised at the click, else what applies without one. */
  rate: CashbackRate
}

/**
 * Whether click and claim are good for this sale and this member, and which rate and shop follow
 * from them.
 *
 * @throws DomainError `assignment.unknown-member`, `assignment.unknown-click`,
 *   `assignment.unknown-claim` not there, or another member's
 * @throws DomainError `assignment.click-of-robot`, `assignment.click-too-late`
 * @throws DomainError `assignment.other-shop` of another shop than the sale
 * @throws DomainError `claim.decided` the claim is not open any more
 */
export const groundsOf = async (db: Database, orphan: Orphan, asked: Asked): Promise<Grounds> => {
  await requirePerson(db, asked.member)
  const click = asked.click === null ? null : await loadClick(db, orphan, asked)
  const claim = asked.claim === null ? null : await loadClaim(db, asked)
  const merchants = [orphan.merchant, click?.merchant, claim?.merchant].filter(isText)
  if (new Set(merchants).size > 1) {
    throw new DomainError('assignment.other-shop', 'Sale, click and claim are of one shop.', {
      field: click && click.merchant !== merchants[0] ? 'click' : 'claim',
    })
  }
  const promised = click ?? (orphan.merchant === null ? claim : null)
  return {
    merchant: merchants[0] ?? null,
    rate: promised ? { basis: promised.basis, rateBps: promised.rateBps } : orphan.rate,
  }
}

const isText = (value: string | null | undefined): value is string => typeof value === 'string'

const requirePerson = async (db: Database, member: string): Promise<void> => {
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

const loadClick = async (
  db: Database,
  orphan: Orphan,
  { click, member }: Asked,
): Promise<Click> => {
  // Some networks tell the day of a sale and no time.
  const { rows } = await db.execute<Click>(sql`
    select merchant_id::text as merchant, rate_basis::text as basis, rate_bps::int as "rateBps",
      is_bot is true as "isBot",
      created_at > ${orphan.eventAt}::timestamptz + interval '1 day' as "isTooLate"
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
    throw new DomainError('assignment.click-too-late', 'This click was after the sale.', { field })
  }
  return found
}

type Claim = Pick<Click, 'basis' | 'merchant' | 'rateBps'> & { status: string }

/** Locked, so that nobody answers it meanwhile. */
const loadClaim = async (db: Database, { claim, member }: Asked): Promise<Claim> => {
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
    throw new DomainError('claim.decided', 'This claim was answered before.', { field })
  }
  return found
}
