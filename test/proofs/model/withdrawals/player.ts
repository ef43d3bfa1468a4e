import type { PayloadRequest } from 'payload'

import { approveWithdrawals } from '../../../../src/payouts/withdrawals/approveWithdrawals.ts'
import { requestWithdrawal } from '../../../../src/payouts/withdrawals/requestWithdrawal.ts'
import {
  cancelWithdrawal,
  holdWithdrawal,
  liftHold,
  rejectWithdrawal,
} from '../../../../src/payouts/withdrawals/stopWithdrawal.ts'
import { BankPlayer, remedyOf } from './bankPlayer.ts'
import { expectSame } from './basePlayer.ts'
import { compare } from './compare.ts'
import type { ModelWithdrawal } from './modelWithdrawal.ts'
import type { Kind, Step } from './steps.ts'
import type { WithdrawalBooks } from './withdrawalBooks.ts'

const DAY_MS = 86_400_000
/** A request that one person approves. */
const FIRST: Step = {
  kind: 'request',
  pick: 0,
  actor: 0,
  size: 3_001,
  outcome: 'paid',
  isReported: true,
}

/** Plays steps on the product and on the model, and compares the two after each. */
export class WithdrawalPlayer extends BankPlayer {
  async play(steps: Step[], counts: Map<Kind, number>): Promise<void> {
    await this.world.writeRule(this.books.limits)
    await this.addMethod('2026-01-01T00:00:00Z')
    await this.credit(40_000)
    await this.request(FIRST, 1)
    await this.approve(this.books.withdrawals, this.actor(FIRST), 1)
    for (const step of steps) {
      this.bank.outcome = step.outcome
      counts.set(step.kind, (counts.get(step.kind) ?? 0) + 1)
      await this.apply(step)
      await compare(this.world, this.books, this.bank, step.kind)
    }
    await this.end()
  }

  /** True if the bank paid something in it after its money had gone back. */
  get hadLate(): boolean {
    return this.books.listAttempts().some(({ attempt }) => attempt.late !== null)
  }

  private async apply(step: Step): Promise<void> {
    const actions: Record<Kind, () => Promise<void>> = {
      addMethod: () => this.addMethod(new Date(this.books.nowMs - (step.pick % 5) * DAY_MS)),
      removeMethod: () => this.removeMethod(step),
      credit: () => this.credit(step.size),
      earn: () => this.earn(step.size * 20),
      refundPayment: () => this.refundPayment(step),
      request: () => this.request(step, 1),
      requestTwiceAtOnce: () => this.request(step, 2),
      cancel: () => this.cancel(this.find(step, ['requested', 'on-hold'])),
      approve: () => this.approve(this.one(step, ['requested']), this.actor(step), 1),
      approveAll: () => this.approve(this.books.withdrawals, this.actor(step), 1),
      approveTwiceAtOnce: () => this.approve(this.one(step, ['requested']), this.actor(step), 2),
      cancelWhileApproved: () => this.cancelWhileApproved(step),
      hold: () => this.hold(step),
      lift: () => this.lift(step),
      reject: () => this.reject(this.find(step, ['requested', 'approved'])),
      work: () => this.work(1),
      workTwiceAtOnce: () => this.work(2),
      bankPays: () => this.move(step, ['pending'], (key) => this.bank.pay(key)),
      bankFails: () => this.move(step, ['pending'], (key) => this.bank.fail(key, remedyOf(step))),
      bankReturns: () => this.move(step, ['paid'], (key) => this.bank.giveBack(key)),
      bankPaysAfterFailure: () => this.payAfterFailure(step),
      repeatReport: () => this.repeatReport(step),
      reportTwiceAtOnce: () => this.reportTwice(step),
      answerLate: () => this.answerLate(step),
      changeDeductions: () => this.changeDeductions(step),
      changeFee: () =>
        this.changeRule({ feeFixed: step.pick % 3 === 0 ? 0 : 150, feeBps: step.size % 400 }),
      changeApprovals: () => this.changeRule({ fourEyesAbove: (step.pick % 4) * 2_500 }),
    }
    await actions[step.kind]()
  }

  private async addMethod(verifiedAt: Date | string): Promise<void> {
    const at = new Date(verifiedAt)
    const id = await this.world.addMethod(at)
    this.books.methods.push({ id, verifiedMs: at.getTime(), isRemoved: false })
  }

  private async removeMethod({ pick }: Step): Promise<void> {
    const { methods } = this.books
    if (methods.length < 2) return
    const method = methods[pick % methods.length]
    if (!method) return
    await this.world.removeMethod(method.id, new Date(this.books.nowMs))
    method.isRemoved = true
  }

  private async credit(amountMinor: number): Promise<void> {
    await this.world.credit(amountMinor)
    this.books.credit(amountMinor)
  }

  private async earn(amountMinor: number): Promise<void> {
    await this.world.pay(amountMinor)
    this.books.pay(amountMinor, true)
  }

  private async refundPayment({ pick, size }: Step): Promise<void> {
    const index = pick % this.books.payments.length
    const payment = this.books.payments[index]
    const left = payment ? payment.amount - payment.refunded : 0
    if (left === 0) return
    const amount = size % 2 === 0 ? left : Math.min(left, size * 10)
    await this.world.refund(index, amount)
    this.books.refund(index, amount)
  }

  private async request({ pick, size }: Step, times: number): Promise<void> {
    const { books } = this
    const method = books.methods[pick % books.methods.length]
    if (!method) return
    // A request of all that is available, in a tenth of the cases.
    const gross = size % 10 === 0 && books.balance > 0 ? books.balance : size
    const input = {
      member: this.world.member,
      method: method.id,
      grossMinor: gross,
      currency: 'INR',
      now: this.now(),
    }
    const real = await this.atOnce(times, (req) => requestWithdrawal(req, input))
    // Ids are ordered by time.
    const accepted = real.flatMap((one) => one ?? []).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    for (const { id } of accepted) {
      const facts = books.accepts(method, gross)
      expectSame(facts !== null, true, `request of ${gross}`)
      if (facts) books.request({ ...facts, id })
    }
    if (accepted.length === times) return
    expectSame(books.accepts(method, gross) !== null, false, `refusal of a request of ${gross}`)
  }

  private async cancel(withdrawal: ModelWithdrawal | undefined): Promise<void> {
    if (!withdrawal) return
    const isDone = await this.tryTo((req) => this.sendCancel(req, withdrawal))
    this.expectFreed(isDone, withdrawal.cancel(), 'cancel')
  }

  private sendCancel(req: PayloadRequest, { facts: { id } }: ModelWithdrawal): Promise<void> {
    return cancelWithdrawal(req, { id, member: this.world.member, now: this.now() })
  }

  private async reject(withdrawal: ModelWithdrawal | undefined): Promise<void> {
    if (!withdrawal) return
    const by = { id: this.world.outsider, role: 'finance' }
    const { id } = withdrawal.facts
    const isDone = await this.tryTo((req) =>
      rejectWithdrawal(req, { id, by, reason: 'model', now: this.now() }),
    )
    this.expectFreed(isDone, withdrawal.reject(), 'reject')
  }

  private expectFreed(isDone: boolean, freed: number | null, what: string): void {
    expectSame(isDone, freed !== null, what)
    this.books.balance += freed ?? 0
  }

  private async approve(chosen: ModelWithdrawal[], by: string, times: number): Promise<void> {
    const ids = chosen.map(({ facts }) => facts.id).sort()
    if (ids.length === 0) return
    const results = await this.atOnce(times, (req) =>
      approveWithdrawals(req, { ids, by, now: this.now() }),
    )
    const real = results.flatMap((one) => [...(one?.approved ?? []), ...(one?.first ?? [])]).sort()
    const model = this.approveInModel(ids, by)
    expectSame(real.join(), model.join(), 'approvals')
  }

  private approveInModel(ids: string[], by: string): string[] {
    return ids.filter((id) => {
      const withdrawal = this.books.withdrawals.find(({ facts }) => facts.id === id)
      return withdrawal && this.books.approve(withdrawal, by)
    })
  }

  /** One of the two is first. An approval that is not the last one permits the cancellation. */
  private async cancelWhileApproved(step: Step): Promise<void> {
    const withdrawal = this.find(step, ['requested'])
    if (!withdrawal) return
    const { id } = withdrawal.facts
    const by = this.actor(step)
    const [isCancelled, result] = await Promise.all([
      this.tryTo((req) => this.sendCancel(req, withdrawal)),
      this.inOwn((req) => approveWithdrawals(req, { ids: [id], by, now: this.now() })),
    ])
    if (result.refused.length === 0) expectSame(this.approveInModel([id], by).length, 1, 'approval')
    this.expectFreed(isCancelled, withdrawal.cancel(), 'cancel while approved')
    if (result.refused.length === 0) return
    expectSame(this.approveInModel([id], by).length, 0, 'approval after a cancellation')
  }

  private async hold(step: Step): Promise<void> {
    const withdrawal = this.find(step, ['requested', 'approved'])
    if (!withdrawal) return
    const { id } = withdrawal.facts
    const by = this.actor(step)
    const until = new Date(this.books.nowMs + DAY_MS)
    const person = { id: by, role: this.world.roleOf(by) }
    const held = { id, by: person, owner: by, until, reason: 'model', now: this.now() }
    expectSame(await this.tryTo((req) => holdWithdrawal(req, held)), withdrawal.hold(by), 'hold')
  }

  private async lift(step: Step): Promise<void> {
    const withdrawal = this.find(step, ['on-hold'])
    if (!withdrawal) return
    const id = this.actor(step)
    const role = this.world.roleOf(id)
    const lifted = { id: withdrawal.facts.id, by: { id, role }, reason: 'model', now: this.now() }
    const isLifted = withdrawal.lift({ id, isAdmin: role === 'admin' })
    expectSame(await this.tryTo((req) => liftHold(req, lifted)), isLifted, 'lift')
  }

  private async changeDeductions({ pick, size }: Step): Promise<void> {
    const isOn = this.books.deduction === null || pick % 2 === 0
    const deduction = isOn ? { rateBps: size % 3_000, threshold: (pick % 3) * 8_000 } : null
    await this.world.writeDeduction(deduction)
    this.books.deduction = deduction
  }

  private async changeRule(over: Partial<WithdrawalBooks['limits']>): Promise<void> {
    this.books.limits = { ...this.books.limits, ...over }
    await this.world.writeRule(this.books.limits)
  }
}
