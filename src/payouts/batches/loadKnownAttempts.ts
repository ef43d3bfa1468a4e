import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import type { AttemptStatus } from '../../domain/payouts/attemptStates.ts'
import type { MethodKind } from '../../domain/payouts/methodKinds.ts'
import type { KnownAttempt } from '../bankFiles/matchResults.ts'
import type { ResultStatus } from '../bankFiles/resultLine.ts'

/** An attempt by bank file, as the lines of an answer are matched to it. */
export type BankAttempt = KnownAttempt & {
  withdrawal: string
  reference: string
  batchReference: string
  bankProfile: string
  /** Who made the batch. */
  madeBy: string | null
  attemptStatus: AttemptStatus
  lateStatus: 'not-paid' | 'open' | 'paid' | null
}

type Ask = {
  /** The keys that the file names. */
  keys: readonly string[]
  /** The fingerprints of accounts of lines without a key. */
  fingerprints: readonly string[]
  /** All attempts of this batch besides; null for none. */
  batch: string | null
  /** Lines without a key mean batches of this profile alone. */
  bankProfile: string
}

/** Loads the attempts that an answer may mean, in one statement. */
export const loadKnownAttempts = async (
  db: Database,
  { bankProfile, batch, fingerprints, keys }: Ask,
): Promise<BankAttempt[]> => {
  const { rows } = await db.execute<Row>(sql`
    with meant as (
      select id from payout_attempts
      where key in (select jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb))
      union
      select id from payout_attempts where batch_id = ${batch}
      union
      select a.id
      from payout_methods m
      join withdrawals w on w.method_id = m.id
      join payout_attempts a on a.withdrawal_id = w.id
      join payout_batches b on b.id = a.batch_id
      where b.bank_profile = ${bankProfile}
        and m.fingerprint in (
          select jsonb_array_elements_text(${JSON.stringify(fingerprints)}::jsonb))
    )
    select a.key,
      a.batch_id::text as batch,
      b.reference as "batchReference",
      b.bank_profile as "bankProfile",
      b.created_by_id::text as "madeBy",
      a.amount_minor::float8 as "amountMinor",
      a.currency,
      a.status::text as "attemptStatus",
      a.late_status as "lateStatus",
      w.id::text as withdrawal,
      w.reference,
      m.kind::text,
      m.display,
      m.bank_code as "bankCode",
      m.fingerprint as "accountFingerprint"
    from meant
    join payout_attempts a on a.id = meant.id
    join payout_batches b on b.id = a.batch_id
    join withdrawals w on w.id = a.withdrawal_id
    join payout_methods m on m.id = w.method_id
    order by a.key`)
  return rows.map(toAttempt)
}

type Row = Omit<BankAttempt, 'accountLast4' | 'ifsc' | 'status'> & {
  kind: MethodKind
  display: string
  bankCode: string | null
}

const toAttempt = ({ bankCode, display, kind, ...row }: Row): BankAttempt => ({
  ...row,
  status: toResultStatus(row),
  accountLast4: kind === 'upi' ? null : (/[A-Z0-9]{4}$/i.exec(display)?.[0] ?? null),
  ifsc: kind === 'bank-in' ? bankCode : null,
})

const toResultStatus = ({
  attemptStatus,
  lateStatus,
}: Pick<BankAttempt, 'attemptStatus' | 'lateStatus'>): ResultStatus => {
  // A person found that it was paid: the bank may still return that.
  if (lateStatus === 'paid' && attemptStatus === 'failed') return 'settled'
  return STATUSES[attemptStatus]
}

const STATUSES: Record<AttemptStatus, ResultStatus> = {
  sending: 'pending',
  sent: 'pending',
  'in-doubt': 'unknown',
  settled: 'settled',
  failed: 'failed',
  returned: 'returned',
}
