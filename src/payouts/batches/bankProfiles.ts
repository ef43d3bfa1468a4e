import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../database/dbIn.ts'
import type { MethodKind } from '../../domain/payouts/methodKinds.ts'
import { BUILT_IN_PROFILES } from '../bankFiles/builtInProfiles.ts'
import { type BankProfile, bankProfile } from '../bankFiles/profiles.ts'

/** Loads the profiles of bank files: those of `payout-config`, then the built-in ones. */
export const loadProfiles = async (db: Database): Promise<BankProfile[]> => {
  const { rows } = await db.execute<{ profiles: unknown }>(
    sql`select bank_profiles as profiles from payout_config`,
  )
  const given = rows[0]?.profiles
  const own = Array.isArray(given) ? given.map((profile) => bankProfile.parse(profile)) : []
  const names = new Set(own.map(({ name }) => name))
  return [...own, ...Object.values(BUILT_IN_PROFILES).filter(({ name }) => !names.has(name))]
}

/** Finds a profile by its name; null without one. */
export const findProfile = async (db: Database, name: string | null): Promise<BankProfile | null> =>
  (await loadProfiles(db)).find((profile) => profile.name === name) ?? null

type Payment = { kind: MethodKind; currency: string; amountMinor: number }

/** Returns why a bank file cannot pay an amount, for a member; null if it can. */
export const refuseBankFile = (
  profile: BankProfile | null,
  { amountMinor, currency, kind }: Payment,
): { code: string; message: string } | null => {
  if (!profile) {
    return { code: 'not-set-up', message: 'This method is not available now. Choose another one.' }
  }
  if (!profile.kinds.includes(kind) || profile.currency !== currency) {
    return { code: 'kind', message: `The bank does not pay ${currency} by this method.` }
  }
  const most = profile.format === 'pain.001' ? MAX_SEPA_MINOR : Number.MAX_SAFE_INTEGER
  return amountMinor > most
    ? { code: 'amount', message: 'The bank cannot pay that much at once.' }
    : null
}

/** The largest amount of one SEPA credit transfer, in cents. */
const MAX_SEPA_MINOR = 99_999_999_999
