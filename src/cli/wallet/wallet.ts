import type { Command } from 'commander'

import { addWalletProof } from './walletProof.ts'
import { addWalletRebuild } from './walletRebuild.ts'
import { addWalletStatement } from './walletStatement.ts'
import { addWalletVerify } from './walletVerify.ts'

/** `tributary wallet verify|statement|proof|rebuild` */
export const addWallet = (program: Command): void => {
  const wallet = program.command('wallet').description('the ledger')
  for (const add of [addWalletVerify, addWalletStatement, addWalletProof, addWalletRebuild])
    add(wallet)
}
