import type { Payload } from 'payload'

import type { PayoutDriver } from './drivers/types.ts'

/** What the configuration provides to pay withdrawals. */
export type Payouts = {
  encryptionKey: Buffer
  /** The drivers that are set up, by name. Bank files need none. */
  drivers: ReadonlyMap<string, PayoutDriver>
  /** How long a process owns attempts that it sends or looks up, in milliseconds. */
  leaseMs: number
}

/** The name in `payout-config` of payment by a file that a person uploads to the bank. */
export const BANK_FILE = 'bank-file'

/** @throws Error when the configuration lists no payouts plugin, which is a programming error */
export const findPayouts = (payload: Payload): Payouts => {
  const payouts = payload.config.custom.payouts as Payouts | undefined
  if (!payouts) throw new Error('Add the plugin `payouts` to the configuration.')
  return payouts
}
