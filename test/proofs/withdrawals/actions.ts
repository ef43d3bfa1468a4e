import { setTimeout as wait } from 'node:timers/promises'

import { control } from '../control.ts'
import { requestJson } from '../stories/requestJson.ts'
import { AMOUNT_MINOR, type Person, type Stage } from './startStage.ts'
import type { Payer } from './payers.ts'
import { withDeadline } from './withDeadline.ts'

/** Requests withdrawals as the payer's member and approves them as finance. Returns their ids. */
export const approveSome = (stage: Stage, { name }: Payer, count: number): Promise<string[]> => {
  const person = stage.people.get(name)
  if (!person) throw new Error(`No member is paid by ${name}.`)
  return approveFor(stage, person, count)
}

/** Requests withdrawals as a member and approves them as finance. Returns their ids. */
export const approveFor = async (
  { finance, product }: Stage,
  { authorization, currency, method }: Person,
  count: number,
): Promise<string[]> => {
  const url = `${product.web.baseUrl}/api/withdrawals`
  const body = { amountMinor: AMOUNT_MINOR, currency, method }
  const made = await Promise.all(
    Array.from({ length: count }, () => requestJson<{ id: string }>(url, { authorization, body })),
  )
  const ids = made.map(({ id }) => id)
  const { approved } = await requestJson<{ approved: string[] }>(`${url}/approve`, {
    authorization: finance,
    body: { ids, totals: { [currency]: count * AMOUNT_MINOR } },
  })
  if (approved.length !== count) throw new Error(`${approved.length} of ${count} were approved.`)
  return ids
}

export type JobName = 'look-up-payouts' | 'pay-withdrawals'

/** Requests a run of a job from the workers, as an admin does. Returns its id. */
const requestRun = async ({ product }: Stage, job: JobName): Promise<string> => {
  const [run] = await product.query<{ id: string }>(
    `insert into job_runs (id, job, status, started_at, created_at, updated_at)
     values (time_ordered_uuid(), $1, 'requested', now(), now(), now()) returning id`,
    [job],
  )
  await product.query(`select pg_notify('jobs', '')`)
  return run?.id ?? ''
}

const POLL_MS = 25

/** Runs a job until one run that began at the simulator's present time has ended. */
export const runWholly = async (stage: Stage, job: JobName): Promise<void> => {
  const { now } = await control<{ now: string }>(stage.simulator.url, '/clock')
  const since = Date.parse(now)
  for (;;) {
    const { startedAt, status } = await untilOver(stage, await requestRun(stage, job))
    // A process follows the simulator's clock with a short delay.
    if (status === 'completed' && startedAt.getTime() >= since) return
  }
}

type Run = { status: string; startedAt: Date }

const untilOver = async (stage: Stage, id: string): Promise<Run> => {
  const find = async (): Promise<Run> => {
    for (;;) {
      const [run] = await stage.product.query<Run>(
        `select status::text, started_at as "startedAt" from job_runs where id = $1`,
        [id],
      )
      if (run && run.status !== 'requested' && run.status !== 'running') return run
      await wait(POLL_MS)
    }
  }
  return withDeadline(find(), `the end of the run ${id}`)
}

/**
 * Runs a job until something that is expected of a run has happened, and returns that. The first run
 * may begin before its process has followed the simulator's clock, and then finds nothing due.
 */
export const runUntil = async <Result>(
  stage: Stage,
  job: JobName,
  expected: Promise<Result>,
): Promise<Result> => {
  const state = { isOver: false }
  const over = expected.finally(() => {
    state.isOver = true
  })
  over.catch(() => undefined) // thrown by the `await` at the end
  while (!state.isOver) {
    const id = await requestRun(stage, job)
    await Promise.race([over, untilOver(stage, id)])
  }
  return over
}

/** Moves the clock of the simulator, which all processes follow. */
export const advance = async ({ simulator }: Stage, minutes: number): Promise<void> => {
  await control(simulator.url, '/clock', { advanceMs: minutes * 60_000 })
}

/** Waits until an attempt of each withdrawal has left its process. Returns the keys of all attempts. */
export const untilSent = async (stage: Stage, ids: readonly string[]): Promise<string[]> => {
  const find = async (): Promise<string[]> => {
    for (;;) {
      const rows = await stage.product.query<{ key: string; status: string }>(
        'select key, status::text from payout_attempts where withdrawal_id = any ($1::uuid[])',
        [ids],
      )
      const isOver = rows.length >= ids.length && rows.every(({ status }) => status !== 'sending')
      if (isOver) return rows.map(({ key }) => key)
      await wait(POLL_MS)
    }
  }
  return withDeadline(find(), 'an attempt of each withdrawal that was sent')
}

/** What the simulator says of one payment. */
export type Payment = {
  provider: string
  key: string
  state: string
  amountMinor: number
  movements: { kind: 'back' | 'out'; amountMinor: number }[]
}

/** All payments that the simulated providers took. */
export const listPayments = async ({ simulator }: Stage): Promise<Payment[]> =>
  (await control<{ payouts: Payment[] }>(simulator.url, '/payouts')).payouts

/** Settles, fails or reverses the payment of a key at its simulated provider. */
export const movePayment = async (
  { simulator }: Stage,
  move: 'announce' | 'fail' | 'reverse' | 'settle',
  choice: { key: string; reason?: string },
): Promise<void> => {
  await control(simulator.url, `/payouts/${move}`, choice)
}
