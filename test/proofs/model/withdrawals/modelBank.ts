import type { PayoutDriver, PayoutReport } from '../../../../src/payouts/drivers/types.ts'
import { report as createReport } from '../../../support/payoutSteps.ts'
import type { Outcome } from './steps.ts'

type State = 'failed' | 'paid' | 'pending' | 'returned'
type Remedy = NonNullable<PayoutReport['remedy']>
type Payment = { state: State; remedy: Remedy | null; paid: number; returned: number }

/**
 * A bank in memory that takes an order once for each key and counts each movement of money. What it
 * does with an order is set before.
 */
export class ModelBank {
  outcome: Outcome = 'paid'
  private readonly payments = new Map<string, Payment>()

  constructor(readonly name: string) {}

  find(key: string): Payment | undefined {
    return this.payments.get(key)
  }

  /** The keys of the payments in this state. */
  keysIn(...states: State[]): string[] {
    return [...this.payments].filter(([, { state }]) => states.includes(state)).map(([key]) => key)
  }

  /** What the bank reports of a payment now. */
  report(key: string): PayoutReport {
    const payment = this.payments.get(key)
    if (!payment) return createReport('not-found')
    return createReport(REPORTED[payment.state], { remedy: payment.remedy })
  }

  pay(key: string): void {
    const payment = this.at(key)
    Object.assign(payment, { state: 'paid', remedy: null, paid: payment.paid + 1 })
  }

  fail(key: string, remedy: Remedy): void {
    Object.assign(this.at(key), { state: 'failed', remedy })
  }

  giveBack(key: string): void {
    const payment = this.at(key)
    Object.assign(payment, { state: 'returned', remedy: 'fix', returned: payment.returned + 1 })
  }

  /** A report of success was an error: nothing was paid. */
  correct(key: string): void {
    const payment = this.at(key)
    if (payment.state !== 'paid') return
    Object.assign(payment, { state: 'failed', remedy: 'never', paid: payment.paid - 1 })
  }

  driver(): PayoutDriver {
    return {
      name: this.name,
      idempotency: {
        place: 'header',
        lifetimeDays: null,
        repeat: 'latest-state',
        isRepeatSafe: true,
      },
      maxPerSecond: 100_000,
      refuse: () => null,
      send: ({ key }) => Promise.resolve(this.take(key)),
      lookUp: ({ key }) => Promise.resolve(this.report(key)),
    }
  }

  private take(key: string): Awaited<ReturnType<PayoutDriver['send']>> {
    if (this.payments.has(key)) return { kind: 'report', report: this.report(key) }
    if (this.outcome === 'not-sent') {
      return { kind: 'not-sent', code: 'unreachable', detail: 'not reached', afterMs: null }
    }
    if (this.outcome !== 'lost-unanswered') this.place(key)
    const isAnswered = !this.outcome.endsWith('unanswered')
    return { kind: 'report', report: isAnswered ? this.report(key) : createReport('unknown') }
  }

  private place(key: string): void {
    this.payments.set(key, { state: 'pending', remedy: null, paid: 0, returned: 0 })
    if (this.outcome === 'paid') this.pay(key)
    if (this.outcome.startsWith('fails-')) this.fail(key, this.outcome.slice(6) as Remedy)
  }

  private at(key: string): Payment {
    const payment = this.payments.get(key)
    if (!payment) throw new Error('The bank has no such payment.')
    return payment
  }
}

const REPORTED = {
  pending: 'pending',
  paid: 'settled',
  failed: 'failed',
  returned: 'returned',
} as const
