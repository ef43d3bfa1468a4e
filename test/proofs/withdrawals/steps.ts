import { control } from '../control.ts'
import {
  advance,
  approveSome,
  type JobName,
  movePayment,
  runUntil,
  runWholly,
  untilSent,
} from './actions.ts'
import { holdLock } from './holdLock.ts'
import type { Payer } from './payers.ts'
import type { Stage } from './startStage.ts'

type StepContext = { stage: Stage; payer: Payer; random: () => number }

/** A moment between debit and settlement at which a worker is killed, and how it comes about. */
export type Step = {
  name: string
  /** Kills one worker at this moment, in a payment of the payer. */
  kill: (context: StepContext) => Promise<void>
}

/** So many withdrawals are in each claim. */
const COUNT = 3

/** The steps in the order in which a payment passes them. */
export const STEPS: readonly Step[] = [
  {
    name: 'debited, not committed',
    kill: (context) => killAtLock(context, { job: 'pay-withdrawals', lock: lockPerson }),
  },
  {
    name: 'claimed, not sent',
    kill: (context) => killAtLock(context, { job: 'pay-withdrawals', lock: lockRate }),
  },
  {
    name: 'order lost on its way',
    kill: async ({ payer, stage }) => {
      const held = stage.gate.holdAt({ payer, of: 'order', at: 'request' })
      await approveSome(stage, payer, COUNT)
      await killHeld(stage, 'pay-withdrawals', held, 'drop')
    },
  },
  {
    name: 'order arrives beside its repeat',
    kill: async ({ payer, random, stage }) => {
      const held = stage.gate.holdAt({ payer, of: 'order', at: 'request' })
      await approveSome(stage, payer, COUNT)
      const until = random() < 0.5 ? 'before-repeat' : 'after-repeat'
      await killHeld(stage, 'pay-withdrawals', held, until)
    },
  },
  {
    name: 'order taken, answer lost',
    kill: async ({ payer, stage }) => {
      const held = stage.gate.holdAt({ payer, of: 'order', at: 'answer' })
      await approveSome(stage, payer, COUNT)
      await killHeld(stage, 'pay-withdrawals', held, 'drop')
    },
  },
  {
    name: 'answered, not stored',
    kill: async ({ payer, stage }) => {
      const held = stage.gate.holdAt({ payer, of: 'order', at: 'answer' })
      await approveSome(stage, payer, COUNT)
      await killAnswered(stage, 'pay-withdrawals', held)
    },
  },
  {
    name: 'answer stored, others of the claim not sent',
    kill: async ({ payer, stage }) => {
      const held = stage.gate.holdAt({ payer, of: 'order', at: 'request', after: 1 })
      await approveSome(stage, payer, COUNT)
      await killHeld(stage, 'pay-withdrawals', held, 'drop')
    },
  },
  {
    name: 'look-up lost on its way',
    kill: async ({ payer, stage }) => {
      await paySome(stage, payer)
      const held = stage.gate.holdAt({ payer, of: 'look-up', at: 'request' })
      await killHeld(stage, 'look-up-payouts', held, 'drop')
    },
  },
  {
    name: 'looked up, not stored',
    kill: async ({ payer, stage }) => {
      await moveAll(stage, await paySome(stage, payer), 'settle')
      const held = stage.gate.holdAt({ payer, of: 'look-up', at: 'answer' })
      await killAnswered(stage, 'look-up-payouts', held)
    },
  },
  {
    name: 'repeated after a look-up, answer lost',
    kill: async ({ payer, stage }) => {
      await control(stage.simulator.url, '/faults', {
        provider: payer.name,
        fault: 'cut-before',
        times: COUNT,
      })
      await paySome(stage, payer)
      await control(stage.simulator.url, `/faults?provider=${payer.name}`, undefined, 'DELETE')
      const held = stage.gate.holdAt({ payer, of: 'order', at: 'answer' })
      await killHeld(stage, 'look-up-payouts', held, 'drop')
    },
  },
  {
    name: 'settlement not committed',
    kill: async (context) => {
      await moveAll(context.stage, await paySome(context.stage, context.payer), 'settle')
      await killAtLock(context, { job: 'look-up-payouts', lock: lockPerson })
    },
  },
  {
    name: 'failure and its refund not committed',
    kill: async (context) => {
      const { payer, stage } = context
      const keys = await paySome(stage, payer)
      const { again, final = again } = payer.reasons
      for (const [index, key] of keys.entries()) {
        await movePayment(stage, 'fail', { key, reason: index === 0 ? final : again })
      }
      await killAtLock(context, { job: 'look-up-payouts', lock: lockHeldWallet })
    },
  },
]

type Lock = (context: StepContext) => ReturnType<typeof holdLock>

/** The claim of fresh withdrawals, or the look-up of those that are there, waits for the lock. */
const killAtLock = async (
  context: StepContext,
  { job, lock }: { job: JobName; lock: Lock },
): Promise<void> => {
  const { payer, stage } = context
  if (job === 'pay-withdrawals') await approveSome(stage, payer, COUNT)
  const held = await lock(context)
  try {
    await stage.crew.kill(await runUntil(stage, job, held.untilBlocked()))
  } finally {
    await held.release()
  }
}

type HeldRequest = ReturnType<Stage['gate']['holdAt']>

const killHeld = async (
  stage: Stage,
  job: JobName,
  expected: HeldRequest,
  fate: 'after-repeat' | 'before-repeat' | 'drop',
): Promise<void> => {
  const held = await runUntil(stage, job, expected)
  await stage.crew.kill(held.worker)
  if (fate === 'drop') held.drop()
  else held.delay(fate)
}

/** The process has the answer, and waits for the row of the withdrawal before it stores it. */
const killAnswered = async (stage: Stage, job: JobName, expected: HeldRequest): Promise<void> => {
  const held = await runUntil(stage, job, expected)
  const row = `select 1 from withdrawals
    where id = (select withdrawal_id from payout_attempts where key = $1) for update`
  const lock = await holdLock(stage.product.web.databaseUrl, row, [held.key])
  try {
    held.pass()
    await stage.crew.kill(await lock.untilBlocked())
  } finally {
    await lock.release()
  }
}

/** Pays withdrawals without a kill, and moves the clock until they are due to be looked up. */
const paySome = async (stage: Stage, payer: Payer): Promise<string[]> => {
  const ids = await approveSome(stage, payer, COUNT)
  await runWholly(stage, 'pay-withdrawals')
  // A scheduled run of another worker may have claimed them, and may still send.
  const keys = await untilSent(stage, ids)
  await advance(stage, 2)
  return keys
}

const moveAll = async (stage: Stage, keys: string[], move: 'settle'): Promise<void> => {
  for (const key of keys) await movePayment(stage, move, { key })
}

/** The last statement of a claim or settlement writes messages, which refer to the member. */
const lockPerson: Lock = ({ payer, stage: { people, product } }) =>
  holdLock(product.web.databaseUrl, 'select 1 from users where id = $1 for update', [
    people.get(payer.name)?.id,
  ])

const lockHeldWallet: Lock = ({ payer, stage: { people, product } }) =>
  holdLock(
    product.web.databaseUrl,
    `select 1 from wallets where owner_id = $1 and kind = 'held' for update`,
    [people.get(payer.name)?.id],
  )

/** Each order takes a turn within the rate of its provider, after the claim was committed. */
const lockRate: Lock = ({ payer, stage: { product } }) =>
  holdLock(
    product.web.databaseUrl,
    `insert into rate_limits (key, points) values ($1, 0)
     on conflict (key) do update set points = rate_limits.points returning 1`,
    [`payouts-${payer.name}:all`],
  )
