import { readDb } from '../../src/database/readDb.ts'
import { addDays } from '../../src/domain/dates.ts'
import { verifyProofs } from '../../src/ledger/proofs/verifyProofs.ts'
import { findArchives } from '../../src/platform/archives/findArchives.ts'
import { verifyWallets as verify } from '../../src/ledger/verification/verifyWallets.ts'
import { defineJob } from '../../src/platform/jobs/defineJob.ts'

/**
 * Verifies the books every night, from the first transfer on, and freezes wallets that do not add
 * up. Then verifies the seals of the past days: all of them on Sundays, those of the last week on
 * other days. With a problem the run fails, so that it appears among the failures that operators
 * watch.
 */
export const verifyWallets = defineJob({
  name: 'verify-wallets',
  kind: 'maintenance',
  schedule: '0 3 * * *',
  isSingleton: true,
  lockMinutes: 60,

  async run({ now, payload, signal }) {
    const { frozen, problems, transfers, verified, wallets } = await verify(payload, { now })
    if (problems.length > 0) {
      payload.logger.error({ msg: 'books do not add up', problems: problems.slice(0, 20), frozen })
      throw new Error(
        `${problems.length} problems, ${frozen.length} wallets frozen: see \`wallet verify\`.`,
      )
    }
    const proofs = await verifyProofs(await readDb({ payload }), {
      archiveDir: findArchives(payload).dir,
      from: now.getUTCDay() === 0 ? null : addDays(now, -8).toISOString().slice(0, 10),
      signal,
    })
    const [broken] = proofs.problems
    if (broken) {
      payload.logger.error({
        msg: 'sealed days do not match',
        problems: proofs.problems.slice(0, 20),
      })
      throw new Error(
        `The proof breaks on ${broken.day}: ${broken.part} ${broken.problem}. See \`wallet proof --verify\`.`,
      )
    }
    return { wallets, transfers, verified, sealedDays: proofs.recomputed }
  },
})
