/** Wallets that belong to a member. They store a balance and a version. */
type MemberWalletKind = 'available' | 'held'
/** Accounts of the platform, one per purpose and currency. Their balance is derived, never stored. */
export type PlatformWalletKind = 'adjustments' | 'cashback-expense' | 'commission-expense'

export type WalletRef =
  { owner: string; kind: MemberWalletKind } | { owner: null; kind: PlatformWalletKind }

/** Why money moved. Text in the database, so that a new kind needs no migration. */
type TransferKind = 'adjustment' | 'cashback' | 'clawback' | 'commission'

export type Transfer = {
  /** Names the cause (`commission:payment:<id>`): the same cause can never post twice. */
  key: string
  kind: TransferKind
  from: WalletRef
  to: WalletRef
  /** Whole minor units of `currency`, above zero. */
  amountMinor: number
  currency: string
  /** The rows that explain the transfer. */
  links?: {
    payment?: string
    commission?: string
    refund?: string
    adjustment?: string
    cashbackEvent?: string
    reverses?: string
  }
  actor?: string
  reason?: string
  /** When the cause happened; information only, order and as-of follow the posting. */
  occurredAt?: Date
}
