import { now as clockNow } from '../clock.ts'
import type { Database } from '../ledger/transactionOf.ts'
import { decideOutcome } from './decideOutcome.ts'
import type { Delivery } from './delivery.ts'
import { outboxOf } from './outboxOf.ts'
import { sendRow, type Tried } from './sendRow.ts'
import { suppress } from './suppress.ts'
import { rest } from './takeTurn.ts'
import type { ClaimedRow, Completion } from './types.ts'

/**
 * Sends one row and says what became of it; never throws. A process that is told to stop lets it
 * end: to hang up now would leave a message of which nobody knows what became.
 */
export const attemptRow = async (
  delivery: Delivery,
  db: Database,
  row: ClaimedRow,
): Promise<Completion> => {
  const { encryptionKey } = outboxOf(delivery.payload)
  const { signal } = new AbortController()
  const tried = await sendRow({ ...delivery, encryptionKey, row, signal })
  await heed(delivery, db, row, tried).catch((error: unknown) => {
    // What was sent must be written down, whatever else fails; the next answer says this again.
    delivery.payload.logger.error({ msg: 'an answer was not heeded', id: row.id, err: error })
  })
  return decideOutcome({
    id: row.id,
    lane: row.lane,
    attemptCount: row.attempt_count + 1,
    tried,
    now: clockNow(),
    random: Math.random(),
    settings: delivery.settings,
  })
}

/** What an answer means beyond its row: a provider that wants a rest, an address that is closed. */
const heed = async (
  { channels, payload }: Delivery,
  db: Database,
  row: ClaimedRow,
  tried: Tried[],
): Promise<void> => {
  for (const { outcome, provider } of tried) {
    const channel = channels[row.channel].find(({ name }) => name === provider)
    if (outcome.kind === 'retry' && outcome.afterMs && channel) {
      await rest(payload, channel, outcome.afterMs)
    }
    if (outcome.kind === 'permanent' && outcome.isOptOut) {
      const { code: detail } = outcome
      await suppress(db, [
        { channel: row.channel, address: row.to, reason: 'opt-out', provider, detail },
      ])
    }
  }
}
