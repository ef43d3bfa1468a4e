/**
 * The expected state as plain arithmetic: the balance of one referrer and the commissions on the
 * payer's payments. It shares no code with the rules that it checks.
 */
export type ModelPayment = {
  amount: number
  refunded: number
  isCompleted: boolean
  commission: null | {
    state: 'awarded' | 'cancelled' | 'held' | 'partly-reversed' | 'reversed' | 'skipped'
    amount: number
    reversed: number
  }
}

export class Books {
  balance = 0
  rateBps = 1_000
  holdDays = 0
  isEnabled = true
  isActive = true
  payments: ModelPayment[] = []

  pay(amount: number, isCompleted: boolean): void {
    this.payments.push({ amount, refunded: 0, isCompleted: false, commission: null })
    if (isCompleted) this.complete(this.payments.length - 1)
  }

  complete(index: number): void {
    const payment = this.at(index)
    if (payment.isCompleted) return
    payment.isCompleted = true
    const amount = Math.floor((payment.amount * this.rateBps + 5_000) / 10_000)
    if (!this.isEnabled || !this.isActive || amount === 0) {
      payment.commission = { state: 'skipped', amount: 0, reversed: 0 }
    } else if (this.holdDays > 0) {
      payment.commission = { state: 'held', amount, reversed: 0 }
    } else {
      payment.commission = { state: 'awarded', amount, reversed: 0 }
      this.balance += amount
    }
  }

  /** Refunds if possible. Returns whether it was. */
  refund(index: number, amount: number): boolean {
    const payment = this.at(index)
    if (!payment.isCompleted || amount > payment.amount - payment.refunded) return false
    payment.refunded += amount
    const { commission } = payment
    if (!commission || commission.state === 'skipped') return true
    const total = Math.floor(
      (2 * commission.amount * payment.refunded + payment.amount) / (2 * payment.amount),
    )
    const delta = total - commission.reversed
    if (delta === 0) return true
    commission.reversed = total
    if (commission.state === 'held') {
      if (total === commission.amount) commission.state = 'cancelled'
      return true
    }
    commission.state = total === commission.amount ? 'reversed' : 'partly-reversed'
    this.balance -= delta
    return true
  }

  /** Ends every hold. */
  release(): void {
    for (const { commission } of this.payments) {
      if (commission?.state !== 'held') continue
      this.balance += commission.amount - commission.reversed
      commission.state = commission.reversed > 0 ? 'partly-reversed' : 'awarded'
    }
  }

  /** Debits the amount if the balance covers it. Returns whether it did. */
  debit(amount: number): boolean {
    if (amount > this.balance) return false
    this.balance -= amount
    return true
  }

  private at(index: number): ModelPayment {
    const payment = this.payments[index]
    if (!payment) throw new Error(`The model has no payment ${index}.`)
    return payment
  }
}
