import { verifyWallets as verify } from '../src/ledger/verifyWallets.ts'
import { defineJob } from './defineJob.ts'

/**
 * Adds up the books every night, from the first transfer on; a wallet that does not add up is
 * frozen. The run fails then, so that whoever watches failures hears of it.
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
