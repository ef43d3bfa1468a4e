import type { PayloadRequest } from 'payload'

import { runIn } from '../../../support/payoutSteps.ts'
import type { ModelBank } from './modelBank.ts'
import type { ModelWithdrawal } from './modelWithdrawal.ts'
import type { Step } from './steps.ts'
import type { WithdrawalBooks } from './withdrawalBooks.ts'
import type { World } from './world.ts'

/** What all steps need: the product, the model, and how a step chooses and acts. */
export class BasePlayer {
  constructor(
    protected readonly world: World,
    protected readonly books: WithdrawalBooks,
    protected readonly bank: ModelBank,
  ) {}

  protected now(): Date {
    return new Date(this.books.nowMs)
  }

  protected actor({ actor }: Step): string {
    return this.world.approvers[actor % this.world.approvers.length] ?? ''
  }

  /** One in one of these states if there is one, in most cases. */
  protected find({ pick }: Step, states: string[]): ModelWithdrawal | undefined {
    const { withdrawals } = this.books
    const fitting = withdrawals.filter(({ status }) => states.includes(status))
    const from = fitting.length > 0 && pick % 5 > 0 ? fitting : withdrawals
    return from[pick % from.length]
  }

  protected one(step: Step, states: string[]): ModelWithdrawal[] {
    const found = this.find(step, states)
    return found ? [found] : []
  }

  protected inOwn<Result>(work: (req: PayloadRequest) => Promise<Result>): Promise<Result> {
    return runIn(this.world.payload, work)
  }

  /** The results; undefined for what was refused. */
  protected atOnce<Result>(
    times: number,
    work: (req: PayloadRequest) => Promise<Result>,
  ): Promise<(Result | undefined)[]> {
    return Promise.all(
      Array.from({ length: times }, () =>
        this.inOwn(work).catch((error: unknown) => {
          if ((error as Error).name !== 'DomainError') throw error
          return undefined
        }),
      ),
    )
  }

  protected async tryTo(work: (req: PayloadRequest) => Promise<void>): Promise<boolean> {
    const [done] = await this.atOnce(1, (req) => work(req).then(() => true))
    return done === true
  }
}

/** @throws Error if the product differs from the model */
export const expectSame = (real: unknown, model: unknown, what: string): void => {
  if (real !== model) throw new Error(`${what}: product ${String(real)}, model ${String(model)}`)
}
