import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../database/dbIn.ts'
import { DomainError } from '../../domain/errors.ts'
import { computeDeductions, type DeductionLine } from '../../domain/payouts/deductions.ts'
import { findRule, type PayoutRule } from '../../domain/payouts/payoutRule.ts'
import { type Quote, quoteWithdrawal } from '../../domain/payouts/quote.ts'
import type { Refusal } from '../../domain/payouts/refusal.ts'
import { refuseRequest } from '../../domain/payouts/refuseRequest.ts'
import { BANK_FILE, findPayouts } from '../findPayouts.ts'
import { refuseBankFile } from '../bankFiles/refuseBankFile.ts'
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
  refuse(refuseAsked(req, { facts, input, rule }))
  if (!rule) throw new Error('A request without a rule was not refused.')
  const deductions = await computeOwnDeductions(db, { facts, input })
  const { quote, refusal } = quoteWithdrawal({
    grossMinor: input.grossMinor,
    currency: input.currency,
    rule,
    deductions,
  })
  if (!quote) return refuse(refusal) as never
  refuse(refusePayment(req, rule, { ...input, amountMinor: quote.netMinor }))
  return { stored: facts, rule, deductions, quote }
}

type Ask = { facts: Prepared['stored']; input: RequestInput; rule: PayoutRule | null }

const refuseAsked = (req: PayloadRequest, { facts, input, rule }: Ask): Refusal | null =>
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
    driverRefusal:
      rule && findDriverRefusal(req, rule, { ...input, amountMinor: input.grossMinor }),
  })

type Payment = { currency: string; amountMinor: number }

/** Why the net amount cannot be paid, if only the gross amount can. */
const refusePayment = (req: PayloadRequest, rule: PayoutRule, payment: Payment): Refusal | null => {
  const refusal = findDriverRefusal(req, rule, payment)
  return (
    refusal && {
      code: 'withdrawal.not-payable',
      message: refusal.message,
      field: 'amountMinor',
    }
  )
}

/** Why the driver of a rule cannot pay an amount; null if it can. */
const findDriverRefusal = (
  req: PayloadRequest,
  rule: PayoutRule,
  { amountMinor, currency }: Payment,
): { code: string; message: string } | null => {
  const ask = { kind: rule.kind, currency, amountMinor }
  if (rule.driver === BANK_FILE) return refuseBankFile(rule.bankProfile, ask)
  const driver = findPayouts(req.payload).drivers.get(rule.driver)
  return driver ? driver.refuse(ask) : NOT_SET_UP
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
  const year = await loadYear(db, { member, currency, rules, now })
  return computeDeductions({ rules, year, now, grossMinor, hasTaxId: facts.taxId !== null })
}

const refuse = (refusal: Refusal | null): void => {
  if (!refusal) return
  const { code, field, message } = refusal
  throw new DomainError(code, message, field === null ? {} : { field })
}
