import { verifyWallets as verify } from '../../src/ledger/verification/verifyWallets.ts'
import { defineJob } from '../../src/platform/jobs/defineJob.ts'

/**
 * Verifies the books every night, from the first transfer on, and freezes wallets that do not add
 * up. The run then fails, so that it appears among the failures that operators watch.
 */
export const verifyWallets = defineJob({
  name: 'verify-wallets',
  kind: 'maintenance',
  schedule: '0 3 * * *',
  isSingleton: true,
  lockMinutes: 60,

  async run({ now, payload }) {
    const { frozen, problems, transfers, verified, wallets } = await verify(payload, { now })
    if (problems.length > 0) {
      payload.logger.error({ msg: 'books do not add up', problems: problems.slice(0, 20), frozen })
      throw new Error(
        `${problems.length} problems, ${frozen.length} wallets frozen: see \`wallet verify\`.`,
      )
    }
    return { wallets, transfers, verified }
  },
})
