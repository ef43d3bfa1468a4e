import type { PayloadRequest } from 'payload'

import { cashbackOf } from '../domain/cashback.ts'
import { decideCashback } from '../domain/cashbackEvent.ts'
import { transactionOf } from '../ledger/transactionOf.ts'
import { loadSales, type Sale } from './loadSales.ts'
import { moveCashback } from './moveCashback.ts'
import { saveEvents } from './saveEvents.ts'
import { tellCashback } from './tellCashback.ts'
import type { Decided } from './types.ts'

/**
 * Brings the cashback of these sales to where the sales are: events, money and messages, in the
 * caller's transaction and a few statements, however many they are. What is as it should be is left
 * alone, so that it can be done again at any time.
 */
export const reduceSales = async (
  req: PayloadRequest,
  { ids, now }: { ids: string[]; now: Date },
): Promise<number> => {
  const db = await transactionOf(req)
  const decided = (await loadSales(db, ids)).flatMap(decide).filter(isChange)
  if (decided.length === 0) return 0
  const events = await saveEvents(db, decided, now)
  const moved = await moveCashback(req, { decided, events, now })
  await tellCashback(req, { decided, events, moved, now })
  return decided.length
}

const decide = (sale: Sale): Decided[] => {
  // What was decided for another member is not decided for this one.
  const event = sale.event?.member === sale.member ? sale.event : null
  const amountMinor = cashbackOf(sale)
  const decision = decideCashback({
    before: event?.status ?? null,
    sale: sale.isNobodys ? 'declined' : sale.status,
    amountMinor,
    grant: event?.grantedAt ? { capMinor: event.grantCapMinor } : null,
  })
  return decision ? [{ sale, amountMinor, ...decision }] : []
}

const isChange = ({ amountMinor, creditMinor, sale, status }: Decided): boolean =>
  !sale.event ||
  sale.event.member !== sale.member ||
  (sale.click !== null && sale.event.click !== sale.click) ||
  isOther({ amountMinor, creditMinor, currency: sale.currency, event: sale.event, status })

const isOther = ({
  amountMinor,
  creditMinor,
  currency,
  event,
  status,
}: {
  event: NonNullable<Sale['event']>
  currency: string
} & Omit<Decided, 'sale'>): boolean =>
  event.currency !== currency ||
  event.status !== status ||
  event.amountMinor !== amountMinor ||
  event.creditedMinor !== creditMinor
