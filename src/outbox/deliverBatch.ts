import { setImmediate as turn } from 'node:timers/promises'

import { now as clockNow } from '../clock.ts'
import type { Database } from '../ledger/transactionOf.ts'
import type { ChannelKind } from '../messaging/types.ts'
import { attemptRow } from './attemptRow.ts'
import { begin } from './begin.ts'
import { complete } from './complete.ts'
import type { Delivery } from './delivery.ts'
import { openProviders } from './openProviders.ts'
import { type ClaimedRow, type Completion, PROVIDER_RESTS } from './types.ts'

type Batch = {
  delivery: Delivery
  db: Database
  leaseMs: number
  rows: ClaimedRow[]
  token: string
}
/** What was decided, and of how many rows that were still ours. */
type Done = { completions: Completion[]; ours: number }

/**
 * Sends the rows of one claim, as many at a time as their provider takes. The channels wait for
 * their own providers only, and what is sent together is written down together: a fault in one part
 * leaves the others as they are.
 */
export const deliverBatch = (batch: Batch): Promise<Done> => {
  const due = batch.rows.filter(({ suppression }) => suppression === null)
  const refused = batch.rows.filter(({ suppression }) => suppression !== null)
  return allOf([
    writeDown(batch, refused.map(suppressed)),
    ...(['email', 'sms'] as const).map((kind) =>
      deliverOver(kind, { ...batch, rows: due.filter(({ channel }) => channel === kind) }),
    ),
  ])
}

const deliverOver = async (kind: ChannelKind, batch: Batch): Promise<Done> => {
  const { channels, lanes, payload, signal } = batch.delivery
  const isCodes = lanes.includes('otp')
  const parts: Promise<Done>[] = []
  let waiting = batch.rows
  while (waiting.length > 0) {
    const providers = channels[kind]
    const asked = { count: waiting.length, isCodes, payload, providers, signal }
    const opening = await openProviders(asked)
    if ('restMs' in opening) {
      parts.push(writeDown(batch, waiting.map(givenBack(opening.restMs))))
      break
    }
    const { count, from } = opening
    const open = { ...channels, [kind]: providers.slice(from) }
    const delivery = { ...batch.delivery, channels: open }
    const part = sendTogether({ ...batch, delivery, rows: waiting.slice(0, count) })
    part.catch(() => undefined) // heard below, when all have ended
    parts.push(part)
    waiting = waiting.slice(count)
  }
  return allOf(parts)
}

const sendTogether = async (batch: Batch): Promise<Done> => {
  const { db, delivery, leaseMs, rows, token } = batch
  const ours = await begin(db, { ids: rows.map(({ id }) => id), leaseMs, token })
  const attempts: Promise<Completion>[] = []
  for (const row of rows.filter(({ id }) => ours.has(id))) {
    attempts.push(attemptRow(delivery, db, row))
    await turn() // writing a message takes a while, and a code's steps are not to wait for a batch's
  }
  return writeDown(batch, await Promise.all(attempts))
}

const writeDown = async ({ db, token }: Batch, completions: Completion[]): Promise<Done> => ({
  completions,
  ours: await complete(db, { completions, now: clockNow(), token }),
})

/** Lets all end before one that failed is told. */
const allOf = async (parts: Promise<Done>[]): Promise<Done> => {
  await Promise.allSettled(parts)
  const done = await Promise.all(parts)
  return {
    completions: done.flatMap(({ completions }) => completions),
    ours: done.reduce((sum, { ours }) => sum + ours, 0),
  }
}

const UNTRIED = {
  attempts: [],
  provider: null,
  providerMessageId: null,
  nextAttemptAt: null,
} satisfies Partial<Completion>

const suppressed = (row: ClaimedRow): Completion => ({
  ...UNTRIED,
  id: row.id,
  status: 'suppressed',
  reason: row.suppression,
})

/** Not tried, hence no attempt that counts: due as before, or when the provider's rest is over. */
const givenBack =
  (restMs: number) =>
  ({ id }: ClaimedRow): Completion => ({
    ...UNTRIED,
    id,
    status: 'pending',
    reason: restMs > 0 ? PROVIDER_RESTS : null,
    ...(restMs > 0 ? { nextAttemptAt: new Date(clockNow().getTime() + restMs).toISOString() } : {}),
  })
