import type { PlatformWalletKind, WalletRef } from './types.ts'

/** The wallet a member can spend from. */
export const available = (owner: string): WalletRef => ({ owner, kind: 'available' })

/** An account of the platform, such as the one commissions are paid from. */
export const platform = (kind: PlatformWalletKind): WalletRef => ({
  owner: null,
  kind,
})
