import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../database/dbIn.ts'
import type { DeductionRule } from '../domain/payouts/deductions.ts'
import type { PayoutRule } from '../domain/payouts/payoutRule.ts'

/** Loads the rules of payouts. */
export const loadRules = async (db: Database): Promise<PayoutRule[]> => {
  const { rows } = await db.execute<PayoutRule>(sql`
    select currency,
      kind::text,
      driver,
      bank_profile as "bankProfile",
      coalesce(is_on, false) as "isOn",
      min_minor::float8 as "minMinor",
      max_minor::float8 as "maxMinor",
      member_day_minor::float8 as "memberDayMinor",
      actor_day_minor::float8 as "actorDayMinor",
      auto_approve_below_minor::float8 as "autoApproveBelowMinor",
      auto_approve_after_days::float8 as "autoApproveAfterDays",
      auto_approve_after_settled::float8 as "autoApproveAfterSettled",
      four_eyes_above_minor::float8 as "fourEyesAboveMinor",
      cool_off_hours::float8 as "coolOffHours",
      fee_fixed_minor::float8 as "feeFixedMinor",
      fee_percent_bps::float8 as "feePercentBps",
      fee_bearer::text as "feeBearer"
    from payout_config_rules
    order by _order`)
  return rows
}

/** Loads the rules of deductions. */
export const loadDeductionRules = async (db: Database): Promise<DeductionRule[]> => {
  const { rows } = await db.execute<DeductionRule>(sql`
    select id::text,
      label,
      coalesce(section, '') as section,
      currency,
      to_char("from" at time zone time_zone, 'YYYY-MM-DD') as "from",
      to_char("to" at time zone time_zone, 'YYYY-MM-DD') as "to",
      rate_bps::float8 as "rateBps",
      rate_without_tax_id_bps::float8 as "rateWithoutTaxIdBps",
      yearly_threshold_minor::float8 as "yearlyThresholdMinor",
      applies_to::text as "appliesTo",
      base::text,
      year_start as "yearStart",
      time_zone as "timeZone"
    from payout_config_deductions
    order by _order`)
  return rows
}
