import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { dbIn } from '../database/dbIn.ts'
import { expectArrival } from '../domain/payouts/expectArrival.ts'
import type { MethodKind } from '../domain/payouts/methodKinds.ts'
import { type Notice, queueNotifications } from '../messaging/outbox/queueNotifications.ts'
import { withdrawalCancelled } from '../messaging/templates/withdrawalCancelled.ts'
import { withdrawalDebited } from '../messaging/templates/withdrawalDebited.ts'
import { withdrawalFailed } from '../messaging/templates/withdrawalFailed.ts'
import { withdrawalOnHold } from '../messaging/templates/withdrawalOnHold.ts'
import { withdrawalProcessed } from '../messaging/templates/withdrawalProcessed.ts'
import { withdrawalRejected } from '../messaging/templates/withdrawalRejected.ts'
import { withdrawalRequested } from '../messaging/templates/withdrawalRequested.ts'
import { withdrawalReturned } from '../messaging/templates/withdrawalReturned.ts'
import { withdrawalSettled } from '../messaging/templates/withdrawalSettled.ts'

export type WithdrawalEvent =
  | 'withdrawal-cancelled'
  /** An attempt turned out to be paid after its money had gone back to the wallet. */
  | 'withdrawal-debited'
  | 'withdrawal-failed'
  | 'withdrawal-on-hold'
  | 'withdrawal-rejected'
  | 'withdrawal-requested'
  | 'withdrawal-returned'
  /** Its template is `withdrawal-processed`. */
  | 'withdrawal-sent'
  | 'withdrawal-settled'

export type WithdrawalNotice = {
  /** Of the withdrawal. */
  id: string
  event: WithdrawalEvent
  /**
   * The number of an attempt, where the event is reported once for each attempt. Without it the
   * event is reported once for the withdrawal; a hold once for each hold, and a return once for each
   * return.
   */
  attempt?: number
  /** For the member; by default the withdrawal's. */
  reason?: string
  /** When the money is expected, for `withdrawal-sent`; by default what is usual for the method. */
  expectedBy?: Date
}

/**
 * Queues the messages to the members, in the database transaction of the change. Call it after the
 * withdrawals are written: the messages take amounts, reason, advice and bank reference from the
 * rows. A repeated notice queues nothing. Always two statements, for any number of withdrawals. An
 * id that does not exist is ignored.
 *
 * @throws DomainError `ledger.no-transaction` the request carries no transaction
 */
export const notifyWithdrawals = async (
  req: PayloadRequest,
  notices: readonly WithdrawalNotice[],
  now: Date,
): Promise<void> => {
  if (notices.length === 0) return
  const rows = await loadRows(req, [...new Set(notices.map(({ id }) => id))])
  const messages = notices.flatMap((notice): Notice[] => {
    const row = rows.get(notice.id)
    return row ? [toMessage(notice, row, now)] : []
  })
  await queueNotifications(req, messages, now)
}

const loadRows = async (req: PayloadRequest, ids: string[]): Promise<Map<string, Row>> => {
  const db = await dbIn(req)
  const { rows } = await db.execute<Row>(sql`
    select
      w.id::text,
      w.member_id::text as member,
      u.name,
      w.reference,
      w.gross_minor as gross,
      w.fee_minor as fee,
      w.deduction_minor as deduction,
      w.net_minor as net,
      w.currency,
      w.method_kind::text as method,
      m.display as "maskedAccount",
      w.reason,
      w.advice,
      w.round,
      w.bank_reference as "bankReference",
      to_json(w.hold_until) #>> '{}' as "holdUntil",
      to_json(w.sent_at) #>> '{}' as "sentAt",
      to_json(w.returned_at) #>> '{}' as "returnedAt"
    from withdrawals w
    join users u on u.id = w.member_id
    join payout_methods m on m.id = w.method_id
    where w.id = any (array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid))`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** Amounts are minor units, as PostgreSQL writes a bigint. */
type Row = {
  id: string
  member: string
  name: string | null
  reference: string
  gross: string
  fee: string
  deduction: string
  net: string
  currency: string
  method: MethodKind
  /** Masked when it was stored. */
  maskedAccount: string
  reason: string | null
  advice: string | null
  /** Each hold begins a new one. */
  round: string
  bankReference: string | null
  holdUntil: string | null
  sentAt: string | null
  returnedAt: string | null
}

const toMessage = (notice: WithdrawalNotice, row: Row, now: Date): Notice => {
  const { currency, maskedAccount, method, name, reference } = row
  const to = { key: toKey(notice, row), user: row.member }
  const shared = { name, reference, currency }
  const account = { method, maskedAccount }
  const grossMinor = Number(row.gross)
  const netMinor = Number(row.net)
  const explained = { ...shared, grossMinor, reason: notice.reason ?? row.reason }
  const advised = { ...explained, advice: row.advice }
  switch (notice.event) {
    case 'withdrawal-requested': {
      const deducted = { feeMinor: Number(row.fee), deductionMinor: Number(row.deduction) }
      const data = { ...shared, ...account, ...deducted, grossMinor, netMinor }
      return { ...to, template: withdrawalRequested, data }
    }
    case 'withdrawal-sent': {
      const expectedBy = (notice.expectedBy ?? expectRow(row, now)).toISOString()
      const data = { ...shared, ...account, amountMinor: netMinor, expectedBy }
      return { ...to, template: withdrawalProcessed, data }
    }
    case 'withdrawal-settled': {
      const { bankReference } = row
      const data = { ...shared, ...account, netMinor, bankReference, isGiftCard: isGiftCard(row) }
      return { ...to, template: withdrawalSettled, data }
    }
    case 'withdrawal-failed':
      return { ...to, template: withdrawalFailed, data: advised }
    case 'withdrawal-returned':
      return { ...to, template: withdrawalReturned, data: advised }
    case 'withdrawal-on-hold':
      return { ...to, template: withdrawalOnHold, data: { ...advised, until: row.holdUntil } }
    case 'withdrawal-rejected':
      return { ...to, template: withdrawalRejected, data: advised }
    case 'withdrawal-cancelled':
      return { ...to, template: withdrawalCancelled, data: { ...shared, grossMinor } }
    case 'withdrawal-debited':
      return { ...to, template: withdrawalDebited, data: explained }
  }
}

const isGiftCard = ({ method }: Row): boolean => method === 'gift-card'

const expectRow = ({ method, sentAt }: Row, now: Date): Date =>
  expectArrival(method, sentAt === null ? now : new Date(sentAt))

/** A repeated notice has the same key. A later hold, return or attempt has another one. */
const toKey = ({ attempt, event, id }: WithdrawalNotice, row: Row): string => {
  const parts = ['withdrawal', id, event.replace('withdrawal-', '')]
  if (attempt !== undefined) parts.push(String(attempt))
  if (event === 'withdrawal-on-hold') parts.push(`round-${row.round}`)
  if (event === 'withdrawal-returned' && row.returnedAt !== null) {
    parts.push(String(Date.parse(row.returnedAt)))
  }
  return parts.join(':')
}
