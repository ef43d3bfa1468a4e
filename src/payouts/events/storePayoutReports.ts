import { createHash } from 'node:crypto'

import type { Database } from '../../database/dbIn.ts'
import { storeEvents } from '../../messaging/outbox/inboundEvents.ts'
import type { ReceivedReport } from '../drivers/types.ts'

/** The prefix of a report's source in `inbound_events`; the driver's name follows. */
export const PAYOUTS = 'payouts:'
/** The database channel that announces new reports of payouts. */
export const PAYOUT_EVENTS_CHANNEL = 'payout-events'

type Received = { driver: string; reports: readonly ReceivedReport[]; receivedAt: Date }

/**
 * Stores what a driver's provider reported, all or nothing, and wakes the worker that applies it.
 * The same event is stored once. A report holds no account data, as the raw body may.
 */
export const storePayoutReports = (
  db: Database,
  { driver, receivedAt, reports }: Received,
): Promise<void> =>
  storeEvents(db, {
    events: reports.map((report) => ({
      source: PAYOUTS + driver,
      eventId: shorten(report.eventId),
      body: report,
    })),
    receivedAt,
    channel: PAYOUT_EVENTS_CHANNEL,
  })

const MAX_LENGTH = 200

/** An index holds no text of any length, and RazorpayX sends its id in a header. */
const shorten = (eventId: string): string =>
  eventId.length <= MAX_LENGTH ? eventId : createHash('sha256').update(eventId).digest('hex')
