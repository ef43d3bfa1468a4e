import { randomUUID } from 'node:crypto'

import { releaseCommissions } from '../../../jobs/referrals/releaseCommissions.ts'
import type { BuiltProduct } from '../../support/startBuiltProduct.ts'
import { Books } from './books.ts'
import type { Kind, Step } from './steps.ts'

const DAY_MS = 86_400_000

/** Plays steps on the product and on the model, and compares the two after each. */
export class Player {
  private readonly books = new Books()
  private readonly ids: string[] = []

  constructor(
    private readonly product: BuiltProduct,
    private readonly authorization: string,
    private readonly people: { referrer: string; payer: string },
    private readonly counts: Map<Kind, number>,
  ) {}

  async play(steps: Step[]): Promise<void> {
    await this.setRule({ rateBps: 1_000, holdDays: 0, enabled: true })
    await this.pay({ kind: 'payCompleted', pick: 0, size: 10_000, viaRest: true }, true)
    for (const step of steps) {
      this.counts.set(step.kind, (this.counts.get(step.kind) ?? 0) + 1)
      await this.apply(step)
      await this.compare(step)
    }
  }

  private async apply(step: Step): Promise<void> {
    const index = step.pick % this.ids.length
    const payment = this.books.payments[index]
    const left = payment ? payment.amount - payment.refunded : 0
    const part = Math.max(1, Math.min(left, (step.size % 100) * Math.ceil(left / 100)))
    const actions: Record<Kind, () => Promise<void>> = {
      pay: () => this.pay(step, false),
      payCompleted: () => this.pay(step, true),
      complete: () => this.complete(index, step.viaRest, 1),
      completeTwiceAtOnce: () => this.complete(index, step.viaRest, 2),
      refundPart: () => this.refund(index, part, step.viaRest),
      refundRest: () => this.refund(index, Math.max(1, left), step.viaRest),
      refundTooMuch: () => this.refund(index, left + 1, step.viaRest),
      refundTwiceAtOnce: () => this.refundTwice(index, part, step.viaRest),
      refundSameReferenceAtOnce: () => this.refundSame(index, part, step.viaRest),
      credit: () => this.credit(step.size),
      debit: () => this.debit(Math.max(1, Math.floor(Math.max(0, this.books.balance) / 2))),
      debitTooMuch: () => this.debit(Math.max(0, this.books.balance) + 1),
      debitThenRefund: async () => {
        if (this.books.balance > 0) await this.debit(Math.min(this.books.balance, 400_000))
        await this.refund(index, part, step.viaRest)
      },
      changeRule: () =>
        this.setRule({
          rateBps: step.size % 5_000,
          holdDays: step.pick % 3 === 0 ? 7 : 0,
          enabled: step.pick % 7 !== 0,
        }),
      switchReferrer: () => this.switchReferrer(),
      release: () => this.release(),
    }
    await actions[step.kind]()
  }

  /**
   * Sends a request. Returns whether it was accepted, or refused with a 4xx.
   *
   * @throws Error any other failure
   */
  private async send(
    viaRest: boolean,
    method: 'PATCH' | 'POST',
    path: string,
    data: Record<string, unknown>,
  ) {
    if (viaRest) {
      const response = await fetch(`${this.product.web.baseUrl}/api/${path}`, {
        method,
        headers: { 'Content-Type': 'application/json', Authorization: this.authorization },
        body: JSON.stringify(data),
      })
      const text = await response.text()
      if (response.status >= 500) throw new Error(`${method} ${path}: ${response.status} ${text}`)
      return response.ok
    }
    const [slug, id] = path.split('/')
    const { payload } = this.product
    const collection = slug as 'payments'
    const work = id
      ? payload.update({ collection, id, data, depth: 0 })
      : payload.create({ collection, data: data as never, depth: 0 })
    return work.then(
      () => true,
      (error: unknown) => {
        const { name } = error as Error
        if (name !== 'DomainError' && name !== 'ValidationError') throw error
        return false
      },
    )
  }

  private async pay({ size, viaRest }: Step, isCompleted: boolean): Promise<void> {
    const reference = randomUUID()
    await this.send(viaRest, 'POST', 'payments', {
      reference,
      user: this.people.payer,
      amountMinor: size,
      currency: 'INR',
      status: isCompleted ? 'completed' : 'pending',
    })
    const [row] = await this.product.query<{ id: string }>(
      'select id from payments where reference = $1',
      [reference],
    )
    this.ids.push(row?.id ?? 'missing')
    this.books.pay(size, isCompleted)
  }

  private async complete(index: number, viaRest: boolean, times: number): Promise<void> {
    const send = () =>
      this.send(viaRest, 'PATCH', `payments/${this.ids[index] ?? ''}`, { status: 'completed' })
    await Promise.all(Array.from({ length: times }, send))
    this.books.complete(index)
  }

  private sendRefund(
    index: number,
    amountMinor: number,
    viaRest: boolean,
    reference: string = randomUUID(),
  ) {
    return this.send(viaRest, 'POST', 'refunds', {
      reference,
      payment: this.ids[index],
      amountMinor,
    })
  }

  private async refund(index: number, amount: number, viaRest: boolean): Promise<void> {
    this.expectSame(
      await this.sendRefund(index, amount, viaRest),
      this.books.refund(index, amount),
      'refund',
    )
  }

  private async refundTwice(index: number, amount: number, viaRest: boolean): Promise<void> {
    const real = await Promise.all([1, 2].map(() => this.sendRefund(index, amount, viaRest)))
    const model = [1, 2].map(() => this.books.refund(index, amount))
    this.expectSame(real.filter(Boolean).length, model.filter(Boolean).length, 'refunds at once')
  }

  private async refundSame(index: number, amount: number, viaRest: boolean): Promise<void> {
    const reference = randomUUID()
    const real = await Promise.all(
      [1, 2].map(() => this.sendRefund(index, amount, viaRest, reference)),
    )
    const isPossible = this.books.refund(index, amount)
    this.expectSame(real.filter(Boolean).length, isPossible ? 1 : 0, 'one refund sent twice')
  }

  private adjust(effect: 'credit' | 'debit', amountMinor: number): Promise<boolean> {
    const data = {
      member: this.people.referrer,
      effect,
      amountMinor,
      currency: 'INR',
      reason: 'model',
    }
    return this.send(false, 'POST', 'adjustments', data)
  }

  private async credit(amount: number): Promise<void> {
    this.expectSame(await this.adjust('credit', amount), true, 'credit')
    this.books.balance += amount
  }

  private async debit(amount: number): Promise<void> {
    if (amount > 500_000) return // larger adjustments wait for a second person
    this.expectSame(await this.adjust('debit', amount), this.books.debit(amount), 'debit')
  }

  private async setRule(rule: {
    rateBps: number
    holdDays: number
    enabled: boolean
  }): Promise<void> {
    await this.product.payload.updateGlobal({ slug: 'affiliation-config', data: rule, depth: 0 })
    this.books.rateBps = rule.rateBps
    this.books.holdDays = rule.holdDays
    this.books.isEnabled = rule.enabled
  }

  private async switchReferrer(): Promise<void> {
    this.books.isActive = !this.books.isActive
    await this.product.query('update users set affiliate_active = $2 where id = $1', [
      this.people.referrer,
      this.books.isActive,
    ])
  }

  private async release(): Promise<void> {
    const now = new Date(Date.now() + 8 * DAY_MS)
    const { payload } = this.product
    await releaseCommissions.run({ payload, now, data: null, signal: new AbortController().signal })
    this.books.release()
  }

  private async compare(step: Step): Promise<void> {
    const [real] = await this.product.query<{ balance: string; sum: string; rows: unknown }>(
      `select coalesce(w.balance_minor, 0) as balance,
        (select coalesce(sum(case when t.to_wallet_id = w.id then t.amount_minor else -t.amount_minor end), 0)
          from wallet_transactions t where w.id in (t.to_wallet_id, t.from_wallet_id)) as sum,
        (select json_agg(json_build_array(c.status, c.amount_minor, c.reversed_minor) order by x.n)
          from unnest($2::uuid[]) with ordinality x (id, n) left join commissions c on c.payment_id = x.id) as rows
       from (select 1) one left join wallets w on w.owner_id = $1 and w.kind = 'available'`,
      [this.people.referrer, this.ids],
    )
    const model = this.books.payments.map(({ commission }) =>
      commission ? [commission.state, commission.amount, commission.reversed] : [null, null, null],
    )
    this.expectSame(Number(real?.balance), this.books.balance, `balance after ${step.kind}`)
    this.expectSame(Number(real?.sum), this.books.balance, `sum of transfers after ${step.kind}`)
    this.expectSame(
      JSON.stringify(real?.rows),
      JSON.stringify(model),
      `commissions after ${step.kind}`,
    )
  }

  private expectSame(real: unknown, model: unknown, what: string): void {
    if (real !== model) throw new Error(`${what}: product ${String(real)}, model ${String(model)}`)
  }
}
