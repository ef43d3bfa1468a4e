import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { DomainError } from '../../domain/errors.ts'
import { computeDeductions, type DeductionLine } from '../../domain/payouts/deductions.ts'
import { findRule, type PayoutRule } from '../../domain/payouts/payoutRule.ts'
import { type Quote, quoteWithdrawal } from '../../domain/payouts/quote.ts'
import type { Refusal } from '../../domain/payouts/refusal.ts'
import { refuseRequest } from '../../domain/payouts/refuseRequest.ts'
import { BANK_FILE, findPayouts } from '../findPayouts.ts'
import { findProfile, refuseBankFile } from '../batches/bankProfiles.ts'
import { loadDeductionRules, loadRules } from '../loadPayoutConfig.ts'
import { loadYear } from '../tax/loadYear.ts'
import { loadRequestFacts, type StoredFacts } from './loadRequestFacts.ts'

export type RequestInput = {
  member: string
  method: string
  /** Minor units of `currency` that leave the wallet. */
  grossMinor: number
  currency: string
  now: Date
}

export type Prepared = {
  stored: StoredFacts & { method: NonNullable<StoredFacts['method']> }
  rule: PayoutRule
  deductions: DeductionLine[]
  quote: Quote
}

/**
 * Decides whether a request is possible and what the member would receive. A quote and the request
 * itself use it, so that a member learns every refusal beforehand. Locks the member's wallet until the
 * transaction ends.
 *
 * @throws DomainError the codes of `refuseRequest` and `quoteWithdrawal`, with the field
 */
export const prepareRequest = async (
  req: PayloadRequest,
  input: RequestInput,
): Promise<Prepared> => {
  const db = await dbIn(req)
  const stored = await loadRequestFacts(db, input)
  if (!stored.method || stored.method.status === 'removed') {
    const text = 'Give the id of one of your payout methods.'
    throw new DomainError('withdrawal.no-method', text, { field: 'method' })
  }
  const facts = { ...stored, method: stored.method }
  const rule = findRule(await loadRules(db), facts.method.kind, input.currency)
  const findDriverRefusal = await openDriverRefusals(req, rule)
  refuse(refuseAsked({ facts, findDriverRefusal, input, rule }))
  if (!rule) throw new Error('A request without a rule was not refused.')
  const deductions = await computeOwnDeductions(db, { facts, input })
  const { quote, refusal } = quoteWithdrawal({
    grossMinor: input.grossMinor,
    currency: input.currency,
    rule,
    deductions: deductions.map(({ amountMinor, rule: { label } }) => ({ label, amountMinor })),
  })
  if (!quote) throw toError(refusal)
  refuse(refusePayment(findDriverRefusal(quote.netMinor)))
  return { stored: facts, rule, deductions, quote }
}

type Ask = {
  facts: Prepared['stored']
  findDriverRefusal: FindDriverRefusal
  input: RequestInput
  rule: PayoutRule | null
}

const refuseAsked = ({ facts, findDriverRefusal, input, rule }: Ask): Refusal | null =>
  refuseRequest({
    now: input.now,
    grossMinor: input.grossMinor,
    currency: input.currency,
    method: {
      kind: facts.method.kind,
      isVerified: facts.method.status === 'active',
      usableFrom: facts.method.usableFrom === null ? null : new Date(facts.method.usableFrom),
      verifiedAt: facts.method.verifiedAt === null ? null : new Date(facts.method.verifiedAt),
    },
    rule,
    wallet: facts.wallet,
    isUnderReview: facts.isUnderReview,
    dayMinor: facts.dayMinor,
    driverRefusal: findDriverRefusal(input.grossMinor),
  })

type DriverRefusal = { code: string; message: string } | null
/** Why an amount in minor units cannot be paid by the driver of the rule; null if it can. */
type FindDriverRefusal = (amountMinor: number) => DriverRefusal

const openDriverRefusals = async (
  req: PayloadRequest,
  rule: PayoutRule | null,
): Promise<FindDriverRefusal> => {
  if (!rule) return () => null
  const { currency, driver: name, kind } = rule
  if (name === BANK_FILE) {
    const profile = await findProfile(await dbIn(req), rule.bankProfile)
    return (amountMinor) => refuseBankFile(profile, { kind, currency, amountMinor })
  }
  const driver = findPayouts(req.payload).drivers.get(name)
  return (amountMinor) => (driver ? driver.refuse({ kind, currency, amountMinor }) : NOT_SET_UP)
}

/** The refusal of a net amount, where the gross amount could be paid. */
const refusePayment = (refusal: DriverRefusal): Refusal | null =>
  refusal && {
    code: 'withdrawal.not-payable',
    message: refusal.message,
    field: 'amountMinor',
  }

const NOT_SET_UP = {
  code: 'not-set-up',
  message: 'This method is not available now. Choose another one.',
}

const computeOwnDeductions = async (
  db: Database,
  { facts, input: { currency, grossMinor, member, now } }: Pick<Ask, 'facts' | 'input'>,
): Promise<DeductionLine[]> => {
  const rules = (await loadDeductionRules(db)).filter((rule) => rule.currency === currency)
  if (rules.length === 0) return []
  const years = await loadYear(db, { member, currency, rules, now })
  const hasTaxId = facts.taxId !== null
  return computeDeductions({ rules, years, now, currency, grossMinor, hasTaxId })
}

const refuse = (refusal: Refusal | null): void => {
  if (refusal) throw toError(refusal)
}

const toError = ({ code, field, message }: Refusal): DomainError =>
  new DomainError(code, message, field === null ? {} : { field })
