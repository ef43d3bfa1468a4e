/** Wallets that belong to a member. They store a balance and a version. */
type MemberWalletKind = 'available' | 'held'
/**
 * Accounts of the platform, one per purpose and currency. Their balance is derived, never stored.
 */
type PlatformWalletKind =
  | 'adjustments'
  | 'cashback-expense'
  | 'commission-expense'
  /** What left to members’ accounts: the mirror of the bank. */
  | 'payouts'
  /** What members paid for their payouts. */
  | 'payout-fees'
  /** Tax that was withheld and is owed to the authority. */
  | 'tax-withheld'

export type WalletRef =
  { owner: string; kind: MemberWalletKind } | { owner: null; kind: PlatformWalletKind }

/** Why money moves. Text in the database, so that a new kind needs no migration. */
type TransferKind =
  | 'adjustment'
  | 'cashback'
  | 'clawback'
  | 'commission'
  /** available → held, when a withdrawal is requested. */
  | 'withdrawal'
  /** held → available, when a withdrawal ends unpaid. */
  | 'withdrawal-release'
  /** held → payouts, payout-fees and tax-withheld, for one attempt. */
  | 'payout'
  | 'payout-fee'
  | 'tax'
  /** Their reversals, when the attempt failed or was returned. */
  | 'payout-return'
  /** available → payouts, when an attempt was paid after its money had gone back. May overdraw. */
  | 'payout-late'

/** One movement of money from one wallet to another, as `postTransfer` takes it. */
export type Transfer = {
  /** Names the cause (`commission:payment:<id>`): one cause can never post twice. */
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
    withdrawal?: string
    reverses?: string
  }
  actor?: string
  reason?: string
  /** When the cause happened. Information only: order and as-of balances follow the posting. */
  occurredAt?: Date
}

/** The wallet that a member can spend from. */
export const available = (owner: string): WalletRef => ({ owner, kind: 'available' })

/** What is set aside for a member's withdrawals. */
export const held = (owner: string): WalletRef => ({ owner, kind: 'held' })

/** An account of the platform, such as the one that pays commissions. */
export const platform = (kind: PlatformWalletKind): WalletRef => ({ owner: null, kind })
