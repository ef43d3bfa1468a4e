import { type GlobalBeforeValidateHook, type PayloadRequest, ValidationError } from 'payload'

import type { PayoutConfig } from '../../src/payload-types.ts'
import { isDay, isTimeZone } from '../../src/domain/zonedDay.ts'
import { bankProfile, type BankProfile } from '../../src/payouts/bankFiles/profiles.ts'
import { BUILT_IN_PROFILES } from '../../src/payouts/bankFiles/builtInProfiles.ts'
import { checkProfile } from '../../src/payouts/bankFiles/checkProfile.ts'
import { refuseBankFile } from '../../src/payouts/batches/bankProfiles.ts'
import type { PayoutDriver } from '../../src/payouts/drivers/types.ts'
import { BANK_FILE, findPayouts } from '../../src/payouts/findPayouts.ts'
import { DRIVER_NAMES } from '../../src/payouts/openDrivers.ts'

type Problem = { path: string; message: string }
type Rule = NonNullable<PayoutConfig['rules']>[number]
type Deduction = NonNullable<PayoutConfig['deductions']>[number]

/**
 * Refuses rules of payouts that could not pay: an unknown driver, one that is not set up, a bank file
 * without its profile, a minimum above the maximum; and malformed profiles and deductions.
 */
export const validatePayoutConfig: GlobalBeforeValidateHook = ({ data, originalDoc, req }) => {
  const config = { ...(originalDoc as object), ...(data as object) } as Partial<PayoutConfig>
  const { problems: inProfiles, profiles } = readProfiles(config.bankProfiles)
  const problems = [
    ...inProfiles,
    ...listRows(config.rules).flatMap((rule, index) => checkRule(req, { rule, index, profiles })),
    ...listRows(config.deductions).flatMap(checkDeduction),
  ]
  if (problems.length > 0) {
    throw new ValidationError({ global: 'payout-config', errors: problems }, req.t)
  }
  return data as Record<string, unknown>
}

/** The rows of an array. The fields themselves refuse what is of another form. */
const listRows = <Row extends object>(value: Row[] | null | undefined): Row[] => {
  const list: unknown = value
  return Array.isArray(list) && list.every((row) => typeof row === 'object' && row !== null)
    ? (list as Row[])
    : []
}

const readProfiles = (given: unknown): { problems: Problem[]; profiles: BankProfile[] } => {
  const path = 'bankProfiles'
  const refuse = (message: string) => ({ problems: [{ path, message }], profiles: [] })
  const list: unknown = given ?? []
  if (!Array.isArray(list)) return refuse('Give a list of profiles.')
  for (const [index, profile] of list.entries()) {
    const checked = checkProfile(profile)
    if (checked !== true) return refuse(`Profile ${index + 1}: ${checked}`)
  }
  const own = list.map((profile) => bankProfile.parse(profile))
  const names = own.map(({ name }) => name)
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined) return refuse(`Two profiles have the name ${repeated}.`)
  const builtIn = Object.values(BUILT_IN_PROFILES).filter(({ name }) => !names.includes(name))
  return { problems: [], profiles: [...own, ...builtIn] }
}

const isText = (value: unknown): boolean => typeof value === 'string'

type RuleAt = { rule: Rule; index: number; profiles: readonly BankProfile[] }

const checkRule = (req: PayloadRequest, { index, profiles, rule }: RuleAt): Problem[] => {
  const refuse = (field: keyof Rule, message: string): Problem[] => [
    { path: `rules.${index}.${field}`, message },
  ]
  if (![rule.driver, rule.currency, rule.kind].every(isText)) return []
  if (rule.minMinor > rule.maxMinor) {
    return refuse('minMinor', 'The minimum is above the maximum of a request.')
  }
  if (rule.driver === BANK_FILE) {
    const problem = checkBankRule(rule, profiles)
    return problem === null ? [] : refuse('bankProfile', problem)
  }
  if (!DRIVER_NAMES.includes(rule.driver)) {
    return refuse('driver', `One of: ${[BANK_FILE, ...DRIVER_NAMES].join(', ')}.`)
  }
  if (rule.bankProfile) return refuse('bankProfile', 'Only bank-file has a profile.')
  if (rule.isOn !== true) return []
  const driver = findPayouts(req.payload).drivers.get(rule.driver)
  if (!driver) return refuse('driver', `${rule.driver} is not set up in the environment.`)
  const problem = refuseByDriver(driver, rule)
  return problem === null ? [] : refuse('driver', problem)
}

const checkBankRule = (rule: Rule, profiles: readonly BankProfile[]): string | null => {
  const profile = profiles.find(({ name }) => name === rule.bankProfile)
  if (!profile) return `One of: ${profiles.map(({ name }) => name).join(', ')}.`
  const { currency, kind, minMinor: amountMinor } = rule
  return refuseBankFile(profile, { kind, currency, amountMinor })
    ? `The profile ${profile.name} does not pay ${currency} by ${kind}.`
    : null
}

/** A driver that pays neither the smallest nor the largest amount does not pay this at all. */
const refuseByDriver = (driver: PayoutDriver, rule: Rule): string | null => {
  const { currency, kind, maxMinor, minMinor } = rule
  const amounts = [Math.max(1, minMinor), Math.max(1, maxMinor)].filter(Number.isSafeInteger)
  if (amounts.length === 0) return null
  const refusals = amounts.map((amountMinor) => driver.refuse({ kind, currency, amountMinor }))
  return refusals.includes(null)
    ? null
    : `${driver.name} does not pay ${currency} by ${kind}: ${refusals[0]?.message ?? ''}`
}

const checkDeduction = (deduction: Deduction, index: number): Problem[] => {
  const { from, timeZone, to, yearStart } = deduction
  const refuse = (field: keyof Deduction, message: string): Problem[] => [
    { path: `deductions.${index}.${field}`, message },
  ]
  if (![yearStart, timeZone].every(isText)) return []
  // A year without a 29 February.
  if (!isDay(`2001-${yearStart}`)) return refuse('yearStart', 'Give the day as MM-DD.')
  if (!isTimeZone(timeZone)) return refuse('timeZone', 'Give a time zone such as Asia/Kolkata.')
  const isOrdered = !to || new Date(from) <= new Date(to)
  return isOrdered ? [] : refuse('to', 'It ends before it begins.')
}
