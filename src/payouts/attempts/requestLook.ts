import { randomUUID } from 'node:crypto'

import type { PayloadRequest } from 'payload'

import { dbIn } from '../../database/dbIn.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { DomainError } from '../../domain/errors.ts'
import { findPayouts } from '../findPayouts.ts'
import { findAttempts } from './attemptStore.ts'
import { leaseLatest } from './leases.ts'
import { lookUpAttempt } from './sendAttempt.ts'

const LEASE_MS = 60_000

/**
 * Looks the latest attempt of a withdrawal up at its provider now, and returns its status afterwards.
 * Must run outside of a transaction: it waits for the provider.
 *
 * @throws DomainError `request.not-found` the withdrawal has no attempt
 * @throws DomainError `withdrawal.no-look-up` the bank answers by file, or the driver is not set up
 * @throws DomainError `withdrawal.being-looked-up` another process does it now
 */
export const requestLook = async (
  req: PayloadRequest,
  { now, withdrawal }: { withdrawal: string; now: Date },
): Promise<{ attempt: string; status: string }> => {
  const token = randomUUID()
  const found = await inTransaction(req, async () =>
    leaseLatest(await dbIn(req), { withdrawal, token, leaseMs: LEASE_MS, now }),
  )
  if (found === 'none') throw new DomainError('request.not-found', 'It has no attempt.')
  if (found === 'leased') {
    throw new DomainError('withdrawal.being-looked-up', 'It is looked up already. Wait a minute.')
  }
  const driver = findPayouts(req.payload).drivers.get(found.driver)
  if (!driver) {
    throw new DomainError(
      'withdrawal.no-look-up',
      'There is no provider to ask about this attempt.',
    )
  }
  const signal = AbortSignal.timeout(LEASE_MS)
  await lookUpAttempt({ payload: req.payload, driver, token, now, signal }, found)
  const after = await inTransaction(req, async () =>
    findAttempts(await dbIn(req), [{ key: found.key }]),
  )
  return { attempt: found.key, status: after[0]?.status ?? found.status }
}
