import { answerLate } from '../../../../src/payouts/attempts/answerLate.ts'
import { applyReports } from '../../../../src/payouts/attempts/applyReports.ts'
import { lookUpDue, payDue } from '../../../../src/payouts/attempts/payDue.ts'
import type { PayoutReport } from '../../../../src/payouts/drivers/types.ts'
import { report as createReport } from '../../../support/payoutSteps.ts'
import { BasePlayer, expectSame } from './basePlayer.ts'
import { compare } from './compare.ts'
import type { ModelBank } from './modelBank.ts'
import type { ModelAttempt, ModelWithdrawal } from './modelWithdrawal.ts'
import type { Step } from './steps.ts'

/** After it every repeat and every look-up is due. */
const WORK_EVERY_MS = 25 * 3_600_000

/** The steps of workers and the bank, and those of a person who answers a late payment. */
export class BankPlayer extends BasePlayer {
  /** Lets a day pass, and workers pay and look up what is due. */
  protected async work(workers: number): Promise<void> {
    const { books } = this
    books.nowMs += WORK_EVERY_MS
    const run = {
      payload: this.world.payload,
      now: this.now(),
      signal: AbortSignal.timeout(60_000),
    }
    const side = <Result>(work: () => Promise<Result>) =>
      Promise.all(Array.from({ length: workers }, work))
    const due = books.listDue()
    const claimable = books.listClaimable()
    const paid = await side(() => payDue(run))
    const keys = await this.world.latestKeys(claimable.map(({ facts }) => facts.id))
    for (const withdrawal of claimable) {
      const attempt = withdrawal.send(keys.get(withdrawal.facts.id) ?? '', books.nowMs)
      this.learn(withdrawal, attempt, this.answerOf(attempt))
    }
    const absent = due.filter(({ attempt }) => !this.bank.find(attempt.key))
    const lookedUp = await side(() => lookUpDue(run))
    for (const { failures } of [...paid, ...lookedUp])
      expectSame(failures, 0, 'failures of a worker')
    for (const { attempt, withdrawal } of due) {
      attempt.looks += 1
      const isRepeated = absent.some((one) => one.attempt === attempt)
      const report = isRepeated ? this.answerOf(attempt) : this.bank.report(attempt.key)
      this.learn(withdrawal, attempt, report)
    }
  }

  /** What the product learned from an order; null if the order certainly did not arrive. */
  protected answerOf({ key, looks, state }: ModelAttempt): PayoutReport | null {
    const { outcome } = this.bank
    if (outcome === 'not-sent') {
      const isGivenUp = state === 'sending' && looks >= 8
      return isGivenUp ? createReport('failed', { remedy: 'operator' }) : null
    }
    return outcome.endsWith('unanswered') ? createReport('unknown') : this.bank.report(key)
  }

  protected learn(
    withdrawal: ModelWithdrawal,
    attempt: ModelAttempt,
    report: PayoutReport | null,
  ): void {
    if (report) this.books.balance += withdrawal.report(attempt, report, this.books.nowMs)
  }

  /** The bank changes a payment, and perhaps reports it. */
  protected async move(
    { isReported, pick }: Step,
    states: Parameters<ModelBank['keysIn']>,
    change: (key: string) => void,
  ): Promise<void> {
    const keys = this.bank.keysIn(...states)
    const key = keys[pick % keys.length]
    if (key === undefined) return
    change(key)
    if (isReported) await this.report(key, this.bank.report(key), 1)
  }

  /** The bank pays what it reported as failed: a payment of before, or one that fails now. */
  protected async payAfterFailure(step: Step): Promise<void> {
    const failed = this.books
      .listAttempts()
      .filter(({ attempt }) => attempt.state === 'failed' && attempt.late === null)
      .map(({ attempt }) => attempt.key)
      .filter((key) => this.bank.find(key)?.state === 'failed')
    if (failed.length === 0) {
      const failing = { ...step, isReported: true }
      await this.move(failing, ['pending'], (key) => {
        failed.push(key)
        this.bank.fail(key, remedyOf(step))
      })
    }
    const key = failed[step.pick % failed.length]
    if (key === undefined) return
    this.bank.pay(key)
    if (step.isReported) await this.report(key, this.bank.report(key), 1)
  }

  /** A webhook comes again, or one of an earlier state comes late. */
  protected async repeatReport({ isReported, pick }: Step): Promise<void> {
    const keys = this.bank.keysIn('failed', 'paid', 'pending', 'returned')
    const key = keys[pick % keys.length]
    if (key === undefined) return
    const { paid = 0 } = this.bank.find(key) ?? {}
    const earlier = createReport(paid > 0 && pick % 2 === 0 ? 'settled' : 'pending')
    await this.report(key, isReported ? this.bank.report(key) : earlier, 1)
  }

  protected async reportTwice({ pick }: Step): Promise<void> {
    const keys = this.bank.keysIn('failed', 'paid', 'pending', 'returned')
    const key = keys[pick % keys.length]
    if (key !== undefined) await this.report(key, this.bank.report(key), 2)
  }

  protected async report(key: string, report: PayoutReport, times: number): Promise<void> {
    await this.atOnce(times, (req) =>
      applyReports(req, { reports: [{ name: { key }, report }], now: this.now() }),
    )
    const found = this.books.listAttempts().find(({ attempt }) => attempt.key === key)
    for (let left = times; left > 0 && found; left -= 1)
      this.learn(found.withdrawal, found.attempt, report)
  }

  protected async answerLate(step: Step): Promise<void> {
    const open = this.books.listAttempts().filter(({ attempt }) => attempt.late === 'open')
    const found = open[step.pick % open.length]
    if (!found) return
    const { key } = found.attempt
    const isPaid = this.bank.find(key)?.state === 'paid' && step.isReported
    const answer = { key, found: isPaid ? 'paid' : 'not-paid', reason: 'model' } as const
    const answerBy = (by: string) =>
      this.tryTo((req) => answerLate(req, { ...answer, by, now: this.now() }))
    const [approval] = found.withdrawal.approvals
    if (approval) expectSame(await answerBy(approval.by), false, 'an answer by an approver')
    const isAnswered = await answerBy(this.world.outsider)
    const change = found.withdrawal.answerLate(found.attempt, isPaid)
    expectSame(isAnswered, change !== null, 'an answer')
    if (isAnswered && !isPaid) this.bank.correct(key)
    this.books.balance += change ?? 0
  }

  /** Ends what is on its way, and answers what was paid late: then the books are those of the bank. */
  protected async end(): Promise<void> {
    this.bank.outcome = 'paid'
    for (let round = 0; round < 3; round += 1) {
      for (const key of this.bank.keysIn('pending')) this.bank.pay(key)
      await this.work(1)
      for (const key of this.bank.keysIn('failed', 'paid', 'returned'))
        await this.report(key, this.bank.report(key), 1)
    }
    for (let left = this.books.listAttempts().length; left > 0; left -= 1)
      await this.answerLate({ pick: 0, isReported: true } as Step)
    await compare(this.world, this.books, this.bank, 'the end')
    for (const withdrawal of this.books.withdrawals) await this.checkWithBank(withdrawal)
  }

  /** What is in `payouts` for a withdrawal is what the bank paid, and what it may still pay. */
  protected async checkWithBank({ attempts, facts, net, status }: ModelWithdrawal): Promise<void> {
    const paid = attempts.filter(({ key }) => this.bank.find(key)?.state === 'paid')
    const open = attempts.filter(({ state }) => ['sending', 'sent', 'in-doubt'].includes(state))
    const real = await this.world.paidOf(facts.id)
    expectSame(real, net * (paid.length + open.length), `paid out of one that is ${status}`)
  }
}

const REMEDIES = ['later', 'fix', 'operator'] as const
export const remedyOf = ({ size }: Step) => REMEDIES[size % REMEDIES.length] ?? 'fix'
