import { createLocalReq, type Payload } from 'payload'

import { inTransaction } from '../../database/inTransaction.ts'
import { dbIn } from '../../database/dbIn.ts'
import type { PayoutDriver, PayoutReport } from '../drivers/types.ts'
import { findPayouts } from '../findPayouts.ts'
import { applyReports } from './applyReports.ts'
import type { AttemptRow } from './attemptStore.ts'
import { postponeAttempt, renewLease } from './leases.ts'
import { loadOrder } from './loadOrder.ts'

/** After so many requests that certainly did not arrive an attempt ends, and we have to look. */
const MAX_NOT_SENT = 8
const BACKOFF_MS = 30_000
const MAX_BACKOFF_MS = 6 * 3_600_000

export type SendContext = {
  payload: Payload
  driver: PayoutDriver
  token: string
  now: Date
  signal: AbortSignal
}

/**
 * Sends one leased attempt to its provider and stores the result. No transaction is open during the
 * request. An order that certainly did not arrive is sent again later with the same key. An attempt
 * with a lost lease is not sent: another process has it, or its report has arrived.
 */
export const sendAttempt = async (
  context: SendContext,
  attempt: AttemptRow,
  /** False if an earlier request of the attempt may have arrived without a trace. */
  isCertain = true,
): Promise<void> => {
  const { driver, now, payload, signal, token } = context
  const order = await loadOrder(payload, attempt.key)
  const req = await createLocalReq({}, payload)
  const isOurs = await inTransaction(req, async () =>
    renewLease(await dbIn(req), { id: attempt.id, token, leaseMs: findPayouts(payload).leaseMs }),
  )
  if (!isOurs) return
  const result = await driver.send(order, { signal })
  if (result.kind === 'report') return storeReport(context, attempt, result.report)
  // This request did not arrive. Of an attempt in doubt an earlier one may have.
  if (isCertain && attempt.status === 'sending' && attempt.lookCount >= MAX_NOT_SENT) {
    return storeReport(context, attempt, toFailure(result))
  }
  const waitMs = result.afterMs ?? Math.min(BACKOFF_MS * 2 ** attempt.lookCount, MAX_BACKOFF_MS)
  await inTransaction(req, async () =>
    postponeAttempt(await dbIn(req), {
      id: attempt.id,
      token,
      at: new Date(now.getTime() + waitMs),
      code: result.code,
      detail: result.detail,
    }),
  )
}

/**
 * Looks one leased attempt up at its provider and stores its answer. An order that the provider does not
 * know is sent again with the same key, if the provider recognises a repeat.
 */
export const lookUpAttempt = async (context: SendContext, attempt: AttemptRow): Promise<void> => {
  const { driver, now, signal } = context
  const report = await driver.lookUp(
    { key: attempt.key, providerId: attempt.providerId, sentAt: new Date(attempt.createdAt) },
    { signal },
  )
  const isAbsent = report.status === 'not-found'
  const mayRepeat =
    (isAbsent || (report.status === 'unknown' && report.code === NO_LOOK_UP)) &&
    (attempt.status === 'sending' || attempt.status === 'in-doubt') &&
    driver.idempotency.isRepeatSafe &&
    isRecognised(driver, attempt, now)
  return mayRepeat ? sendAttempt(context, attempt, isAbsent) : storeReport(context, attempt, report)
}

/** The code of a provider that finds nothing by our key: only a repeat learns what became of it. */
const NO_LOOK_UP = 'no-look-up'

const DAY_MS = 86_400_000

/** A day before a provider forgets keys, a repeat is no longer safe. */
const isRecognised = (
  { idempotency: { lifetimeDays } }: PayoutDriver,
  { createdAt }: AttemptRow,
  now: Date,
): boolean =>
  lifetimeDays === null ||
  now.getTime() < new Date(createdAt).getTime() + (lifetimeDays - 1) * DAY_MS

const storeReport = async (
  { now, payload }: SendContext,
  { key }: AttemptRow,
  report: PayoutReport,
): Promise<void> => {
  const req = await createLocalReq({}, payload)
  await inTransaction(req, () => applyReports(req, { reports: [{ name: { key }, report }], now }))
}

const toFailure = ({ code, detail }: { code: string; detail: string }): PayoutReport => ({
  status: 'failed',
  providerId: null,
  bankReference: null,
  code,
  detail,
  remedy: 'operator',
  feeMinor: null,
})
