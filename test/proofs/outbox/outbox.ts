import { spawnSimulator } from '../../../src/server/processes/spawnSimulator.ts'
import { startBuiltProduct } from '../../support/startBuiltProduct.ts'
import { checkDuplicates } from '../checkDuplicates.ts'
import type { Proof } from '../types.ts'
import { baselinePhase } from './baselinePhase.ts'
import { killedPhase } from './killedPhase.ts'
import { startCrew } from './startCrew.ts'

const WORKERS = 3
const OTP_LEASE_SECONDS = 11

/**
 * Sends many messages, first without kills and then while workers are killed, to a simulated
 * provider.
 */
export const outbox: Proof = {
  name: 'outbox',
  claim:
    'when workers are killed, no message is lost, and one that is sent twice was flagged before',
  isOnEmbeddedOnly: true,
  run: async ({ isQuick, postgres, say }) => {
    const plan = isQuick
      ? { messages: 4_000, jobs: 400, baseline: 1_500 }
      : { messages: 100_000, jobs: 10_000, baseline: 100_000 }
    const simulator = await spawnSimulator()
    const settings = settingsFor(simulator.url)
    const product = await startBuiltProduct(postgres, settings)
    const crew = await startCrew(WORKERS, {
      ...settings,
      DATABASE_URL: product.web.databaseUrl,
      PAYLOAD_SECRET: product.web.secret,
      TRIBUTARY_MODE: 'test',
    })
    try {
      const isTimed = !isQuick
      const baseline = await baselinePhase(product, { count: plan.baseline, isTimed, say })
      // Resets the simulator, which keeps a limited number of messages. These are checked.
      const duplicates = await checkDuplicates(simulator.url, product, [
        'baseline',
        'baseline-code',
      ])
      await fetch(`${simulator.url}/control/state`, { method: 'DELETE' })
      const killed = await killedPhase(
        product,
        crew,
        { ...plan, isTimed, otpLeaseSeconds: OTP_LEASE_SECONDS },
        say,
      )
      return [
        ...baseline,
        ...duplicates,
        ...killed,
        ...(await checkDuplicates(simulator.url, product, ['mail', 'code'])),
      ]
    } finally {
      await crew.stop()
      await product.stop()
      await simulator.stop()
    }
  },
}

const settingsFor = (url: string) => ({
  SENDGRID_API_KEY: 'SG.proof',
  FROM_EMAIL: 'rewards@proof.test',
  SENDGRID_BASE_URL: `${url}/sendgrid`,
  SENDGRID_PER_SECOND: '10000',
  OUTBOX_LEASE_SECONDS: '12',
  OUTBOX_OTP_LEASE_SECONDS: String(OTP_LEASE_SECONDS),
  OUTBOX_UNKNOWN_SECONDS: '3',
  OUTBOX_RETRY_SECONDS: '1',
})
