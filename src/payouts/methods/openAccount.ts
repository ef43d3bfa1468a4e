import { decrypt } from '../../platform/encryption.ts'
import type { PayoutAccount } from '../drivers/types.ts'

/** Names the place of an account's encrypted value, so that it cannot be copied to another method. */
export const accountContext = (id: string): string => `payout-methods:${id}`

/**
 * Decrypts the account of a method, for a payout or a bank file only.
 *
 * @throws Error when it was encrypted with another key, or belongs to another method
 */
export const openAccount = ({
  encryptionKey,
  id,
  sealed,
}: {
  encryptionKey: Buffer
  id: string
  sealed: string
}): PayoutAccount => JSON.parse(decrypt(encryptionKey, sealed, accountContext(id))) as PayoutAccount
