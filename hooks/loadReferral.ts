import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import type { CommissionFacts, Person, Program } from '../src/domain/commission.ts'
import { DomainError } from '../src/domain/errors.ts'
import { transactionOf } from '../src/ledger/transactionOf.ts'

/**
 * Gathers what the commission rule looks at, as it stands in the request's transaction, in one
 * round trip: the programme, the payer, the referrer, who stands above the referrer, and what the
 * payer's earlier payments earned.
 *
 * @throws DomainError `program.not-configured` the programme's row is missing
 */
export const loadReferral = async ({
  now,
  payment,
  req,
}: {
  now: Date
  payment: { id: string; payerId: string; amountMinor: number; currency: string }
  req: PayloadRequest
}): Promise<CommissionFacts> => {
  const db = await transactionOf(req)
  const { rows } = await db.execute<{ referral: Referral | null }>(
    sql`select referral_of(${payment.payerId}, ${payment.id}, ${MOST_LEVELS}) as referral`,
  )
  const referral = rows[0]?.referral
  if (!referral?.program) {
    throw new DomainError('program.not-configured', 'The affiliate programme has no configuration.')
  }
  const { earlierAwards, isLoop, payer, program, referrer, registeredAt } = referral
  return {
    payment: { amountMinor: payment.amountMinor, currency: payment.currency },
    payer: { ...payer, registeredAt: new Date(registeredAt) },
    referrer,
    isLoop,
    earlierAwards,
    program,
    now,
  }
}

/** Far more levels of referral than people build; a bound for what a database could be made to hold. */
const MOST_LEVELS = 100

/** As src/ledger/sql/referral_of.sql builds it. */
type Referral = {
  payer: Person
  registeredAt: string
  referrer: (Person & { affiliateActive: boolean }) | null
  isLoop: boolean
  earlierAwards: number
  program: Program | null
}
