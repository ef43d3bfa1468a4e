import type { Transfer } from '../ledger/transfer.ts'
import { available, held, platform } from '../ledger/transfer.ts'

/** What transfers of a withdrawal need. Amounts are minor units of `currency`. */
export type Amounts = {
  id: string
  member: string
  grossMinor: number
  feeMinor: number
  deductionMinor: number
  netMinor: number
  currency: string
}

/** Sets the gross amount aside when a member requests a withdrawal. */
export const holdTransfer = ({ currency, grossMinor, id, member }: Amounts): Transfer => ({
  key: `withdrawal:${id}:hold`,
  kind: 'withdrawal',
  from: available(member),
  to: held(member),
  amountMinor: grossMinor,
  currency,
  links: { withdrawal: id },
})

/** Gives the gross amount back when a withdrawal ends unpaid. */
export const releaseTransfer = ({ currency, grossMinor, id, member }: Amounts): Transfer => ({
  key: `withdrawal:${id}:release`,
  kind: 'withdrawal-release',
  from: held(member),
  to: available(member),
  amountMinor: grossMinor,
  currency,
  links: { withdrawal: id },
})

/** The three destinations of the gross amount of one attempt. Fee and tax are left out when zero. */
const PARTS = [
  { suffix: '', kind: 'payout', wallet: 'payouts', amount: 'netMinor' },
  { suffix: ':fee', kind: 'payout-fee', wallet: 'payout-fees', amount: 'feeMinor' },
  { suffix: ':tax', kind: 'tax', wallet: 'tax-withheld', amount: 'deductionMinor' },
] as const

const partsOf = (withdrawal: Amounts) => PARTS.filter(({ amount }) => withdrawal[amount] > 0)

/** Debits an attempt: held → payouts, fees and withheld tax. */
export const payoutTransfers = (withdrawal: Amounts, attemptKey: string): Transfer[] =>
  partsOf(withdrawal).map(({ amount, kind, suffix, wallet }) => ({
    key: `payout:${attemptKey}${suffix}`,
    kind,
    from: held(withdrawal.member),
    to: platform(wallet),
    amountMinor: withdrawal[amount],
    currency: withdrawal.currency,
    links: { withdrawal: withdrawal.id },
  }))

/** Finds the id of an earlier transfer by its key. */
export type FindTransfer = (key: string) => string | undefined

/** Takes the debit of an attempt back into held, as reversals of its transfers. */
export const returnTransfers = (
  withdrawal: Amounts,
  attemptKey: string,
  findTransfer: FindTransfer,
): Transfer[] =>
  partsOf(withdrawal).map(({ amount, suffix, wallet }) => ({
    key: `payout:${attemptKey}${suffix}:return`,
    kind: 'payout-return',
    from: platform(wallet),
    to: held(withdrawal.member),
    amountMinor: withdrawal[amount],
    currency: withdrawal.currency,
    links: {
      withdrawal: withdrawal.id,
      ...toReverses(findTransfer(`payout:${attemptKey}${suffix}`)),
    },
  }))

/** Where the gross amount of an attempt is that was paid after its money had gone back. */
export type LateSource = 'available' | 'held' | 'paid-twice'

/**
 * Debits an attempt that was paid after its money had gone back. From `available` it may overdraw:
 * the member has the money. Of a withdrawal that another attempt paid as well, only the net amount.
 */
export const lateTransfers = (
  withdrawal: Amounts,
  attemptKey: string,
  source: LateSource,
): Transfer[] =>
  partsOf(withdrawal)
    .filter(({ kind }) => source !== 'paid-twice' || kind === 'payout')
    .map(({ amount, kind, suffix, wallet }) => ({
      key: `payout:${attemptKey}:late${suffix}`,
      kind: source === 'held' ? kind : 'payout-late',
      from: source === 'held' ? held(withdrawal.member) : available(withdrawal.member),
      to: platform(wallet),
      amountMinor: withdrawal[amount],
      currency: withdrawal.currency,
      links: { withdrawal: withdrawal.id },
    }))

/** Takes such a debit back into `available`, when the bank returned the amount after all. */
export const lateReturnTransfers = (
  withdrawal: Amounts,
  attemptKey: string,
  findTransfer: FindTransfer,
): Transfer[] =>
  partsOf(withdrawal).flatMap(({ amount, suffix, wallet }): Transfer[] => {
    const debit = findTransfer(`payout:${attemptKey}:late${suffix}`)
    if (!debit) return []
    return [
      {
        key: `payout:${attemptKey}:late${suffix}:return`,
        kind: 'payout-return',
        from: platform(wallet),
        to: available(withdrawal.member),
        amountMinor: withdrawal[amount],
        currency: withdrawal.currency,
        links: { withdrawal: withdrawal.id, reverses: debit },
      },
    ]
  })

const toReverses = (id: string | undefined) => (id ? { reverses: id } : {})
