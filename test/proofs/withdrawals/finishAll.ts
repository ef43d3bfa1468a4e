import { advance, listPayments, movePayment, runWholly } from './actions.ts'
import { readTruth } from './readTruth.ts'
import type { Stage } from './startStage.ts'

/** Attempts are tried again and looked up at intervals of up to twelve hours. */
const MINUTES = 6 * 60
const MAX_ROUNDS = 24
const OPEN = new Set(['approved', 'in-doubt', 'sent'])

/**
 * Lets everything come to its end: orders that are late arrive, providers settle, and the jobs run
 * while time passes. Returns the number of rounds. Gives up after six days of simulated time.
 */
export const finishAll = async (stage: Stage): Promise<number> => {
  for (let round = 1; round <= MAX_ROUNDS; round += 1) {
    await runWholly(stage, 'look-up-payouts')
    await runWholly(stage, 'pay-withdrawals')
    await stage.gate.deliverDelayed()
    for (const { key, state } of await listPayments(stage)) {
      if (state === 'pending') await movePayment(stage, 'settle', { key })
    }
    const { truths } = await readTruth(stage)
    if (!truths.some(({ status }) => OPEN.has(status))) return round
    await advance(stage, MINUTES)
  }
  return MAX_ROUNDS
}
