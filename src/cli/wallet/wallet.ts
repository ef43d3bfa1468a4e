import type { Command } from 'commander'

import { addWalletRebuild } from './walletRebuild.ts'
import { addWalletStatement } from './walletStatement.ts'
import { addWalletVerify } from './walletVerify.ts'

/** `tributary wallet verify|statement|rebuild` */
export const addWallet = (program: Command): void => {
  const wallet = program.command('wallet').description('the ledger')
  for (const add of [addWalletVerify, addWalletStatement, addWalletRebuild]) add(wallet)
}
