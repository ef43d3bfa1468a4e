import { addDays } from '../dates.ts'

export type Installation = {
  /** Accounts that are staff, or ever were: a demotion does not make an installation new. */
  staff: number
  /** Accounts that are admins, or were within the cool-down. */
  admins: number
  /** True once there is any transfer between wallets. */
  hasMoney: boolean
}

/**
 * Returns true while a new installation is set up freely: there is no second staff account and no
 * money yet, so that there is nothing to take and nobody else to ask.
 */
export const isBeingSetUp = ({ hasMoney, staff }: Installation): boolean => !hasMoney && staff <= 1

/**
 * Returns when a requested change takes effect by itself: after the cool-down where its admin is
 * the only one; null where a second admin has to approve it.
 */
export const findEffectTime = (
  { admins }: Installation,
  { coolDownDays, now }: { coolDownDays: number; now: Date },
): Date | null => (admins > 1 ? null : addDays(now, coolDownDays))
