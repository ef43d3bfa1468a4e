/** Adding up everything, or what was posted since a wallet was last verified. */
export type VerifyMode = 'full' | 'incremental'

export type WalletProblem = {
  problem:
    | 'balance-differs'
    | 'books-unbalanced'
    | 'cashback-differs'
    | 'clawback-differs'
    | 'commission-differs'
    | 'currency-differs'
    | 'payment-decided-twice'
    | 'payment-without-decision'
    | 'posted-backwards'
    | 'refunds-differ'
    | 'reversal-differs'
    | 'version-gap'
    | 'version-missing'
  /** The wallet, transfer, payment, commission, refund or cashback event concerned. */
  subject: string
  detail: string
  /** Members' wallets that do not add up because of it, and are frozen for withdrawals. */
  wallets: string[]
}

export type WalletReport = {
  mode: VerifyMode
  wallets: number
  /** Transfers that were added up: all of them, or those since the last verification. */
  transfers: number
  problems: WalletProblem[]
  /** Wallets that this run froze. Those frozen before are reported again, and stay as they are. */
  frozen: string[]
  /** Wallets whose verified point was moved on. */
  verified: number
}
