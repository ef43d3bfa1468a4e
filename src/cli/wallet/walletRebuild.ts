import type { Command } from 'commander'
import { createLocalReq, type Payload } from 'payload'

import { recordAudit } from '../../platform/audit/recordAudit.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { rebuildByTwo } from '../../ledger/adjustments/rebuildByTwo.ts'
import type { Rebuilt } from '../../ledger/verification/rebuildWallet.ts'
import { findPerson } from '../findPerson.ts'
import { withPayload } from '../withPayload.ts'

type Options = {
  approvedBy: string
  json?: boolean
  reason: string
  requestedBy: string
  wallet: string
}

/**
 * `tributary wallet rebuild --wallet <id> --reason <text>
 *   --requested-by <email> --approved-by <email>`
 */
export const addWalletRebuild = (wallet: Command): void => {
  wallet
    .command('rebuild')
    .description('set a wrong balance to the sum of its transfers, and lift the freeze')
    .requiredOption('--wallet <id>')
    .requiredOption('--reason <text>', 'kept with the adjustment and in the audit log')
    .requiredOption('--requested-by <email>', 'of finance, or an admin')
    .requiredOption('--approved-by <email>', 'a second person of finance, or an admin')
    .option('--json', 'print what was changed as JSON')
    .action(async ({ json, ...options }: Options) => {
      const rebuilt = await withPayload((payload) => rebuild(payload, options))
      const { after, before, walletId } = rebuilt
      if (json) console.log(JSON.stringify(rebuilt))
      else {
        console.log(`Wallet ${walletId}`)
        console.log(`balance  ${before.balanceMinor} → ${after.balanceMinor} minor units`)
        console.log(`version  ${before.version} → ${after.version}`)
        console.log(after.frozenReason ? `still frozen: ${after.frozenReason}` : 'not frozen')
      }
    })
}

const rebuild = async (payload: Payload, options: Omit<Options, 'json'>): Promise<Rebuilt> => {
  const requester = await findPerson(payload, options.requestedBy)
  const approver = await findPerson(payload, options.approvedBy)
  const req = await createLocalReq({}, payload)
  return inTransaction(req, async () => {
    const rebuilt = await rebuildByTwo(req, {
      walletId: options.wallet,
      reason: options.reason,
      requestedBy: requester.id,
      approvedBy: approver.id,
    })
    await recordAudit({
      req,
      action: 'rebuild',
      subject: 'wallets',
      subjectId: rebuilt.walletId,
      before: rebuilt.before,
      after: { ...rebuilt.after, requestedBy: requester.email },
      reason: options.reason,
      actor: { id: approver.id, email: approver.email, role: approver.role },
    })
    return rebuilt
  })
}
