import type { Command } from 'commander'

import { verifyWallets } from '../ledger/verifyWallets.ts'
import { withPayload } from './withPayload.ts'

/** `tributary wallet verify [--json]` */
export const addWallet = (program: Command): void => {
  const wallet = program.command('wallet').description('the ledger')
  wallet
    .command('verify')
    .description('prove that the books add up; exit code 1 when they do not')
    .option('--json', 'print the report as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const report = await withPayload(verifyWallets)
      const { problems, transfers, wallets } = report
      if (json) console.log(JSON.stringify(report))
      else {
        for (const { detail, problem, subject } of problems) {
          console.log(`${problem}  ${subject}  ${detail}`)
        }
        const verdict = problems.length === 0 ? 'Adds up.' : `${problems.length} problems.`
        console.log(`${verdict} ${wallets} wallets, ${transfers} transfers.`)
      }
      if (problems.length > 0) process.exitCode = 1
    })
}
