import { Document } from 'sepa'

import { DomainError } from '../../domain/errors.ts'
import { toDecimal } from '../../domain/money.ts'
import type { PayoutOrder } from '../drivers/types.ts'
import type { PainProfile } from './profiles.ts'
import { toBankText } from './toBankText.ts'

type PainFacts = {
  profile: PainProfile
  /** The id of the message and of its one group of payments, at most 35 characters. */
  batchKey: string
  /** The requested day of execution, in ISO form. */
  day: string
  createdAt: Date
}

const MAX_NAME = 70
const MAX_REMITTANCE = 140
/** Larger sums of cents are not exact in the number that the library writes. */
const MAX_TOTAL_MINOR = 10 ** 15

/**
 * Writes credit transfers as pain.001.001.09. `EndToEndId` and `InstrId` are the key of an order.
 * The orders have passed `checkOrder`. Source: ISO 20022, Payments Initiation, 2019.
 *
 * @throws DomainError `payout-file.amount` the sum is too large
 * @throws DomainError `payout-file.unwritable` the library refuses a field
 */
export async function* writePain001(
  orders: AsyncIterable<PayoutOrder>,
  { batchKey, createdAt, day, profile }: PainFacts,
): AsyncGenerator<string> {
  const { debtorBic, debtorIban, debtorName } = profile
  const file = new Document('pain.001.001.09')
  file.grpHdr.id = batchKey
  file.grpHdr.created = toLocalFields(createdAt.toISOString())
  file.grpHdr.initiatorName = toBankText(debtorName, MAX_NAME)
  const payments = file.createPaymentInfo()
  payments.requestedExecutionDate = toLocalFields(`${day}T12:00:00Z`)
  payments.debtorName = toBankText(debtorName, MAX_NAME)
  payments.debtorIBAN = debtorIban
  payments.debtorBIC = debtorBic ?? ''
  file.addPaymentInfo(payments)
  // The library appends a number to each id, which then may be longer than 35 characters.
  payments.id = batchKey
  let totalMinor = 0
  for await (const order of orders) {
    const payment = payments.createTransaction()
    fillPayment(payment, order)
    payments.addTransaction(payment)
    payment.id = order.key
    totalMinor += order.amountMinor
  }
  if (totalMinor > MAX_TOTAL_MINOR) {
    throw new DomainError('payout-file.amount', 'The sum of the batch is too large for one file.')
  }
  // The library adds up fractions; ours is the sum of cents.
  payments.normalize = () => {
    payments.controlSum = Number(toDecimal(totalMinor, profile.currency))
  }
  yield toText(file)
}

type Payment = ReturnType<ReturnType<Document['createPaymentInfo']>['createTransaction']>

const fillPayment = (
  payment: Payment,
  { account, amountMinor, currency, key, narration }: PayoutOrder,
) => {
  if (account.kind !== 'iban') throw new DomainError('payout-file.kind', 'It is no IBAN.', { key })
  payment.end2endId = key
  // Exact: a number with two decimals and at most eleven digits is written as it was read.
  payment.amount = Number(toDecimal(amountMinor, currency))
  payment.currency = currency
  payment.creditorName = toBankText(account.holderName, MAX_NAME)
  payment.creditorIBAN = account.iban
  payment.creditorBIC = account.bic ?? ''
  payment.remittanceInfo = toBankText(narration, MAX_REMITTANCE) || key
}

/** The library writes the local time of the process: a date with the fields of UTC as local ones. */
const toLocalFields = (utc: string): Date => new Date(utc.replace(/(?:\.\d+)?Z$/, ''))

/** The errors of the library have IBANs in their texts, and go no further. */
const toText = (file: Document): string => {
  try {
    return file.toString()
  } catch {
    throw new DomainError('payout-file.unwritable', 'A field of the file is malformed.')
  }
}
