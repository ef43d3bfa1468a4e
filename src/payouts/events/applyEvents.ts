import { createLocalReq, type Payload, type PayloadRequest } from 'payload'

import { dbIn } from '../../database/dbIn.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { isDatabaseAway } from '../../database/isDatabaseAway.ts'
import {
  closeEvents,
  type EventResult,
  postponeEvents,
} from '../../messaging/outbox/inboundEvents.ts'
import { serializeError } from '../../platform/serializeError.ts'
import { applyReports } from '../attempts/applyReports.ts'
import { isAttemptKey } from '../attempts/claimAttempts.ts'
import { claimEvents, type ClaimedEvent } from './claimEvents.ts'

const BATCH = 200

type Run = { payload: Payload; now: Date; signal: AbortSignal }
/** `waiting`: left for a later attempt. */
type AppliedEvents = { applied: number; ignored: number; failed: number; waiting: number }

/**
 * Applies stored reports of payouts in the order of receipt until none is due. A batch takes one
 * report of each attempt at most; the next batch takes the next one. A report without an attempt
 * waits and is tried again, and so is one that cannot be applied, which stops no other. After 24
 * hours such a report fails with the reason.
 */
export const applyEvents = async ({ now, payload, signal }: Run): Promise<AppliedEvents> => {
  const total: AppliedEvents = { applied: 0, ignored: 0, failed: 0, waiting: 0 }
  while (!signal.aborted) {
    const outcomes = await applyBatch(payload, now)
    if (outcomes.length === 0) break
    for (const { status } of outcomes) total[status] += 1
  }
  return total
}

type Outcome = { id: string; status: keyof AppliedEvents; detail: string | null }

/** All together; when that fails, one by one, so that only the bad report waits. */
const applyBatch = async (payload: Payload, now: Date): Promise<Outcome[]> => {
  const claimed: string[] = []
  try {
    return await inNewTransaction(payload, async (req) => {
      const events = await claimEvents(await dbIn(req), { limit: BATCH, now })
      claimed.push(...events.map(({ id }) => id))
      return applyClaimed(req, events, now)
    })
  } catch (error) {
    if (claimed.length === 0 || isDatabaseAway(error)) throw error
    const outcomes: Outcome[] = []
    for (const id of claimed) outcomes.push(...(await applyAlone(payload, id, now)))
    return outcomes
  }
}

const applyAlone = async (payload: Payload, id: string, now: Date): Promise<Outcome[]> => {
  const claim = { ids: [id], limit: 1, now }
  try {
    return await inNewTransaction(payload, async (req) =>
      applyClaimed(req, await claimEvents(await dbIn(req), claim), now),
    )
  } catch (error) {
    if (isDatabaseAway(error)) throw error
    const err = serializeError(error)
    payload.logger.error({ msg: 'a report of a payout was not applied', event: id, err })
    return inNewTransaction(payload, async (req) => {
      const events = await claimEvents(await dbIn(req), claim)
      const detail = `It could not be applied (${err.code ?? err.type}).`
      return close(
        req,
        events.map((event) => giveTime(event, detail)),
        now,
      )
    })
  }
}

const inNewTransaction = async <Result>(
  payload: Payload,
  work: (req: PayloadRequest) => Promise<Result>,
): Promise<Result> => {
  const req = await createLocalReq({}, payload)
  return inTransaction(req, () => work(req))
}

/** Applies locked events in their transaction. Later reports of the same attempt stay as they are. */
const applyClaimed = async (
  req: PayloadRequest,
  events: readonly ClaimedEvent[],
  now: Date,
): Promise<Outcome[]> => {
  const firsts = new Map<string, ClaimedEvent>()
  for (const event of events) {
    if (event.attempt !== null && !firsts.has(event.attempt)) firsts.set(event.attempt, event)
  }
  const named = [...firsts].map(([key, { report }]) => ({
    name: { key },
    report: { ...report, mayBeOld: true as const },
  }))
  const results = new Map(
    (await applyReports(req, { reports: named, now })).map(({ key, result }) => [key, result]),
  )
  const outcomes = [
    ...[...firsts].map(([key, event]) => toOutcome(event, results.get(key))),
    ...events.filter(({ attempt }) => attempt === null).map(findOutcome),
  ]
  return close(req, outcomes, now)
}

const toOutcome = (
  event: ClaimedEvent,
  result: 'applied' | 'unchanged' | 'unknown' | undefined,
): Outcome => {
  if (result === 'applied') return { id: event.id, status: 'applied', detail: null }
  if (result === 'unchanged') {
    return { id: event.id, status: 'ignored', detail: 'The attempt was as far, or further.' }
  }
  return findOutcome(event)
}

/**
 * A report without an attempt. An attempt is stored before its provider is called, but the
 * provider's id only with the answer, which the report may overtake. Other payouts of our account
 * at the provider are not ours: their reports are ignored.
 */
const findOutcome = (event: ClaimedEvent): Outcome => {
  const { id, isLastTry, report } = event
  const isForeign = report.key === null ? report.providerId === null : !isAttemptKey(report.key)
  if (isForeign) return { id, status: 'ignored', detail: NOT_OURS }
  if (isLastTry && report.key === null) return { id, status: 'ignored', detail: NOT_OURS }
  return giveTime(event, 'There is no such attempt.')
}

const NOT_OURS = 'It is not of a withdrawal.'

const giveTime = ({ id, isLastTry }: ClaimedEvent, detail: string): Outcome => ({
  id,
  status: isLastTry ? 'failed' : 'waiting',
  detail,
})

const close = async (req: PayloadRequest, outcomes: Outcome[], now: Date): Promise<Outcome[]> => {
  const db = await dbIn(req)
  const results = outcomes.filter((one): one is EventResult => one.status !== 'waiting')
  await closeEvents(db, { results, now })
  const events = outcomes.flatMap(({ detail, id, status }) =>
    status === 'waiting' ? [{ id, detail: detail ?? '' }] : [],
  )
  await postponeEvents(db, { events, now })
  return outcomes
}
