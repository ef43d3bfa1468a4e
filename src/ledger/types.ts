/** Wallets that belong to a member. They store a balance and a version. */
export const MEMBER_WALLET_KINDS = ['available', 'held'] as const
/** Accounts of the platform, one per purpose and currency. Their balance is derived, never stored. */
export const PLATFORM_WALLET_KINDS = ['commission-expense', 'adjustments'] as const

export type WalletRef =
  | { owner: string; kind: (typeof MEMBER_WALLET_KINDS)[number] }
  | { owner: null; kind: (typeof PLATFORM_WALLET_KINDS)[number] }

/** Why money moved. Text in the database, so that a new kind needs no migration. */
export const TRANSFER_KINDS = ['commission', 'clawback', 'adjustment'] as const

export type Transfer = {
  /** Names the cause (`commission:payment:<id>`): the same cause can never post twice. */
  key: string
  kind: (typeof TRANSFER_KINDS)[number]
  from: WalletRef
  to: WalletRef
  /** Whole minor units of `currency`, above zero. */
  amountMinor: number
  currency: string
  /** The rows that explain the transfer. */
  links?: { payment?: string; commission?: string; reverses?: string }
  actor?: string
  reason?: string
  /** When the cause happened; information only, order and as-of follow the posting. */
  occurredAt?: Date
}
