import { createHash, randomUUID } from 'node:crypto'

import type { Clock } from '../clock.ts'
import type { AnyFault } from '../types.ts'

/** `queued`: taken, waiting for balance. `unclaimed`: waiting for the recipient. */
export type PaymentState = 'failed' | 'pending' | 'queued' | 'returned' | 'settled' | 'unclaimed'

/** A payment as a provider took it. */
export type NewPayment = {
  provider: string
  /** The client's reference. A client that sends one reference twice may get two payments. */
  key: string
  /** The provider's id. */
  id: string
  amountMinor: number
  currency: string
  /** The parsed request. */
  request: unknown
  /** What an order does that the balance does not cover. */
  onLowBalance: { state: 'failed' | 'queued'; reason: string }
  /** What the provider keeps beside it. */
  extra?: Record<string, unknown>
}

/** Money that left (`out`) or came back (`back`). */
type Movement = { kind: 'back' | 'out'; at: string; amountMinor: number }

export type Payment = Omit<NewPayment, 'onLowBalance'> & {
  state: PaymentState
  /** The provider's own reason of the state. */
  reason: string | null
  /** The bank's reference, once the money left. */
  bankReference: string | null
  at: Date
  changedAt: Date
  /** The fault of its order. */
  fault: AnyFault | null
  /** The repetitions of each webhook. */
  duplicates: number
  /** When it settles by itself, by the simulator's clock; null if it does not. */
  settlesAtMs: number | null
  /** How long after it settled it is returned; null if it is not. */
  returnsAfterMs: number | null
  returnsAtMs: number | null
  movements: Movement[]
  /** A fingerprint of the request, to recognise a repeat with other contents. */
  fingerprint: string
}

export type Bank = ReturnType<typeof createBank>
type Change = { payment: Payment }

/**
 * Creates the bank behind all payout providers. It keeps the payments by key and counts each
 * movement of money, so that a test sees a second payment that no answer shows.
 */
export const createBank = (clock: Clock) => {
  const payments: Payment[] = []
  const listeners: ((change: Change) => void)[] = []
  const balances = createBalances()
  let autoSettle: AutoSettle = { enabled: false, delayMs: 0 }

  /** Announces the present state of a payment. */
  const announce = (payment: Payment) => listeners.forEach((notify) => notify({ payment }))

  return {
    ...createMoves({ announce, balances, clock, payments }),
    announce,
    onChange: (notify: (change: Change) => void): void => {
      listeners.push(notify)
    },
    /** Places a payment: pending, or as the fault or the balance has it. Announces nothing. */
    place: (order: NewPayment, fault: AnyFault | null, seconds = 0): Payment => {
      const isLow = fault === 'low-balance' || !balances.covers(order)
      const payment = buildPayment({ autoSettle, fault, isLow, now: clock.now(), order, seconds })
      payments.push(payment)
      return payment
    },
    /** The payments of a provider, or of all, oldest first. */
    list: (filter: { provider?: string; key?: string; id?: string } = {}): Payment[] =>
      payments.filter(
        ({ id, key, provider }) =>
          (filter.provider ?? provider) === provider &&
          (filter.key ?? key) === key &&
          (filter.id ?? id) === id,
      ),
    /** How often money left for a key, over all of its payments. */
    paidCount: (key: string): number => {
      const movements = payments
        .filter((each) => each.key === key)
        .flatMap((each) => each.movements)
      return movements.filter(({ kind }) => kind === 'out').length
    },
    isSameRequest: (payment: Payment, request: unknown): boolean =>
      payment.fingerprint === fingerprintOf(request),
    balanceOf: balances.balanceOf,
    setBalance: balances.setBalance,
    autoSettle: () => autoSettle,
    setAutoSettle: (next: AutoSettle): void => {
      autoSettle = next
    },
    reset: (): void => {
      payments.length = 0
      balances.clear()
      autoSettle = { enabled: false, delayMs: 0 }
    },
  }
}

type AutoSettle = { enabled: boolean; delayMs: number }

/** The balances of providers in minor units. One that is not set is without end. */
const createBalances = () => {
  const balances = new Map<string, number>()
  const nameOf = (provider: string, currency: string) => `${provider} ${currency}`
  return {
    /** Null if it is without end. */
    balanceOf: (provider: string, currency: string): number | null =>
      balances.get(nameOf(provider, currency)) ?? null,
    setBalance: (provider: string, currency: string, amountMinor: number | null): void => {
      if (amountMinor === null) balances.delete(nameOf(provider, currency))
      else balances.set(nameOf(provider, currency), amountMinor)
    },
    covers: ({ amountMinor, currency, provider }: NewPayment): boolean =>
      (balances.get(nameOf(provider, currency)) ?? amountMinor) >= amountMinor,
    add: ({ currency, provider }: Payment, amountMinor: number): void => {
      const balance = balances.get(nameOf(provider, currency))
      if (balance !== undefined) balances.set(nameOf(provider, currency), balance + amountMinor)
    },
    clear: () => balances.clear(),
  }
}

type BuildInput = {
  autoSettle: AutoSettle
  fault: AnyFault | null
  isLow: boolean
  now: Date
  order: NewPayment
  seconds: number
}

const buildPayment = ({ autoSettle, fault, isLow, now, order, seconds }: BuildInput): Payment => {
  const { onLowBalance, ...rest } = order
  const { reason, state } = chooseStart({ fault, isLow, onLowBalance })
  const settles = autoSettle.enabled && state === 'pending' && fault !== 'stays-pending'
  return {
    ...rest,
    state,
    reason,
    bankReference: null,
    at: now,
    changedAt: now,
    fault,
    duplicates: fault === 'duplicate-webhook' ? 1 : 0,
    settlesAtMs: settles ? now.getTime() + autoSettle.delayMs : null,
    returnsAfterMs: fault === 'late-reversal' ? seconds * 1000 : null,
    returnsAtMs: null,
    movements: [],
    fingerprint: fingerprintOf(order.request),
  }
}

type Start = { state: PaymentState; reason: string | null }

const chooseStart = ({
  fault,
  isLow,
  onLowBalance,
}: Pick<BuildInput, 'fault' | 'isLow'> & Pick<NewPayment, 'onLowBalance'>): Start => {
  if (fault?.startsWith('fails-')) {
    return { state: 'failed', reason: fault.slice('fails-'.length) }
  }
  if (isLow) return onLowBalance
  return { state: fault === 'unclaimed' ? 'unclaimed' : 'pending', reason: null }
}

type MovesInput = {
  announce: (payment: Payment) => void
  balances: ReturnType<typeof createBalances>
  clock: Clock
  payments: Payment[]
}

const createMoves = ({ announce, balances, clock, payments }: MovesInput) => {
  let lastNumber = 0
  const change = (payment: Payment, state: PaymentState, reason: string | null): void => {
    Object.assign(payment, { state, reason, changedAt: clock.now() })
    announce(payment)
  }
  const move = (payment: Payment, kind: Movement['kind']): void => {
    const { amountMinor } = payment
    payment.movements.push({ kind, at: clock.now().toISOString(), amountMinor })
    balances.add(payment, kind === 'out' ? -amountMinor : amountMinor)
  }
  const moves = {
    /** Pays it. A payment with a late reversal is returned when its time comes. */
    settle: (payment: Payment): void => {
      lastNumber += 1
      payment.bankReference ??= `SIM${String(lastNumber).padStart(9, '0')}`
      payment.settlesAtMs = null
      move(payment, 'out')
      change(payment, 'settled', null)
      if (payment.returnsAfterMs === null) return
      payment.returnsAtMs = clock.now().getTime() + payment.returnsAfterMs
      moves.moveDue()
    },
    fail: (payment: Payment, reason: string): void => {
      payment.settlesAtMs = null
      change(payment, 'failed', reason)
    },
    /** Returns a payment. Money comes back only if it left. */
    giveBack: (payment: Payment, reason: string | null): void => {
      payment.returnsAtMs = null
      if (payment.state === 'settled') move(payment, 'back')
      change(payment, 'returned', reason)
    },
    /** Settles and returns what is due by the clock. */
    moveDue: (): void => {
      const nowMs = clock.now().getTime()
      for (const payment of payments) {
        const { returnsAtMs, settlesAtMs } = payment
        if (settlesAtMs !== null && settlesAtMs <= nowMs) moves.settle(payment)
        if (returnsAtMs !== null && returnsAtMs <= nowMs) moves.giveBack(payment, null)
      }
    },
  }
  return moves
}

const fingerprintOf = (request: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(request ?? null))
    .digest('hex')

/** Creates an id of a provider, such as `pout_` and 14 characters. */
export const createId = (prefix: string, length = 14): string =>
  prefix + randomUUID().replaceAll('-', '').slice(0, length)
