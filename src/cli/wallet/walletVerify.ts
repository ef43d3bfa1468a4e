import type { Command } from 'commander'

import { verifyWallets } from '../../ledger/verification/verifyWallets.ts'
import { withPayload } from '../withPayload.ts'

type Options = { freeze: boolean; incremental?: boolean; json?: boolean }

/** `tributary wallet verify [--incremental] [--no-freeze] [--json]` */
export const addWalletVerify = (wallet: Command): void => {
  wallet
    .command('verify')
    .description('verify that the books balance; exit code 1 when they do not')
    .option('--incremental', 'only what was posted since the last verification')
    .option('--no-freeze', 'look only: freeze nothing, and move no verified point')
    .option('--json', 'print the report as JSON')
    .action(async ({ freeze, incremental, json }: Options) => {
      const mode = incremental ? 'incremental' : 'full'
      const report = await withPayload((payload) => verifyWallets(payload, { freeze, mode }))
      const { frozen, problems, transfers, wallets } = report
      if (json) console.log(JSON.stringify(report))
      else {
        for (const { detail, problem, subject } of problems) {
          console.log(`${problem}  ${subject}  ${detail}`)
        }
        for (const id of frozen) console.log(`frozen  ${id}`)
        const result = problems.length === 0 ? 'Adds up.' : `${problems.length} problems.`
        const what = incremental ? 'new transfers' : 'transfers'
        console.log(`${result} ${wallets} wallets, ${transfers} ${what}.`)
      }
      if (problems.length > 0) process.exitCode = 1
    })
}
