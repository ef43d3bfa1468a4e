import { randomUUID } from 'node:crypto'

import type { PayloadRequest } from 'payload'

import { dbIn } from '../../database/dbIn.ts'
import { postTransfers } from '../../ledger/postTransfers.ts'
import { notifyWithdrawals } from '../notifyWithdrawals.ts'
import { payoutTransfers } from '../transfersOf.ts'
import { lockClaimable } from '../withdrawals/lockClaimable.ts'
import { changeWithdrawals, type WithdrawalRow } from '../withdrawals/withdrawalStore.ts'
import { insertAttempts, type NewAttempt } from './attemptStore.ts'

/** Our reference at a provider: 34 letters and digits, a new one for each attempt. */
const createAttemptKey = (): string => `pa${randomUUID().replaceAll('-', '')}`

/** Whether a provider's reference has the form of our keys. */
export const isAttemptKey = (reference: string): boolean => /^pa[0-9a-f]{32}$/.test(reference)

type Claim = {
  drivers: readonly string[]
  limit: number
  lease: { token: string; ms: number }
  now: Date
}

/**
 * Claims approved withdrawals in the caller's transaction: each gets an attempt, and its money leaves
 * `held`. This is committed before any provider is called, so that a process that ends at any moment
 * leaves an attempt that can be looked up. Returns the keys of the attempts.
 */
export const claimAttempts = async (
  req: PayloadRequest,
  { drivers, lease, limit, now }: Claim,
): Promise<string[]> => {
  const db = await dbIn(req)
  const claimed = await lockClaimable(db, { drivers, limit, now })
  return startAttempts(req, { withdrawals: claimed, batch: null, lease, status: 'sending', now })
}

type Start = {
  /** Locked and approved. */
  withdrawals: readonly WithdrawalRow[]
  batch: string | null
  lease: Claim['lease'] | null
  status: 'sending' | 'sent'
  now: Date
}

/** Makes attempts of locked, approved withdrawals and debits them. Returns the keys in their order. */
export const startAttempts = async (
  req: PayloadRequest,
  { batch, lease, now, status, withdrawals }: Start,
): Promise<string[]> => {
  if (withdrawals.length === 0) return []
  const db = await dbIn(req)
  const attempts = withdrawals.map((withdrawal): NewAttempt => ({
    key: createAttemptKey(),
    withdrawal: withdrawal.id,
    number: withdrawal.attemptCount + 1,
    driver: withdrawal.driver,
    batch,
    amountMinor: withdrawal.netMinor,
    currency: withdrawal.currency,
  }))
  await insertAttempts(db, { attempts, status, lease, now })
  await changeWithdrawals(
    db,
    withdrawals.map(({ id }) => ({ id, status: 'sent', isAttempted: true })),
    now,
  )
  await postTransfers(
    req,
    withdrawals.flatMap((withdrawal, index) =>
      payoutTransfers(withdrawal, attempts[index]?.key ?? ''),
    ),
  )
  await notifyWithdrawals(
    req,
    withdrawals.map(({ id }) => ({ id, event: 'withdrawal-sent' })),
    now,
  )
  return attempts.map(({ key }) => key)
}
