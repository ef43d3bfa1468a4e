import { pipeline, Readable } from 'node:stream'

import { stringify } from 'csv-stringify'

import { DomainError } from '../../domain/errors.ts'
import { dayIn } from '../../domain/zonedDay.ts'
import type { PayoutOrder } from '../drivers/types.ts'
import { checkOrder } from './checkOrder.ts'
import { fillFileName } from './fillFileName.ts'
import type { BankProfile, CsvProfile } from './profiles.ts'
import { type FileFacts, toBankCells } from './toBankCells.ts'
import { writePain001 } from './writePain001.ts'

export type BankFile = {
  name: string
  contentType: 'application/xml' | 'text/csv'
  content: AsyncIterable<Buffer | string>
}

export type BankFileInput = {
  /** A profile that has passed `checkProfile`. */
  profile: BankProfile
  orders: AsyncIterable<PayoutOrder> | Iterable<PayoutOrder>
  /** Our reference of the batch: 1 to 35 letters, digits and dashes. */
  batchKey: string
  /** The instant of payment: the bank reads its day in the time zone of the profile. */
  date: Date
}

/**
 * Writes the file by which a bank pays a batch. CSV is written as it is read, so that its length
 * takes no memory; an XML file is held in memory once. The content fails where an order cannot be
 * written: what was read of it until then is no file, and is not to be used.
 *
 * @throws DomainError `payout-file.batch-key`, `payout-file.file-name`
 * @throws DomainError from the content: the codes of `checkOrder` with the key of the order;
 *   `payout-file.key-twice`, `payout-file.too-many-rows`, `payout-file.empty`
 */
export const writeBankFile = (input: BankFileInput): BankFile => {
  const { batchKey, date, profile } = input
  if (!/^[A-Za-z0-9-]{1,35}$/.test(batchKey)) {
    throw new DomainError(
      'payout-file.batch-key',
      'The reference of a batch has 1 to 35 letters, digits and dashes.',
    )
  }
  const day = dayIn(date, profile.timeZone)
  const name = fillFileName(profile.fileName, { batchKey, day })
  if (name === null) {
    throw new DomainError('payout-file.file-name', 'The name of the file has other characters.')
  }
  const orders = checkOrders(input)
  return profile.format === 'csv'
    ? { name, contentType: 'text/csv', content: writeCsv(orders, { profile, batchKey, day }) }
    : {
        name,
        contentType: 'application/xml',
        content: writePain001(orders, { profile, batchKey, day, createdAt: date }),
      }
}

async function* checkOrders({ orders, profile }: BankFileInput): AsyncGenerator<PayoutOrder> {
  const keys = new Set<string>()
  for await (const order of orders) {
    const refusal = checkOrder(profile, order)
    if (refusal) throw new DomainError(refusal.code, refusal.message, { key: order.key })
    if (keys.has(order.key)) {
      const message = 'Two orders of the batch have one reference.'
      throw new DomainError('payout-file.key-twice', message, { key: order.key })
    }
    keys.add(order.key)
    if (keys.size > profile.maxRows) {
      const message = `The bank takes ${profile.maxRows} rows in a file. Split the batch.`
      throw new DomainError('payout-file.too-many-rows', message)
    }
    yield order
  }
  if (keys.size === 0) throw new DomainError('payout-file.empty', 'The batch has no orders.')
}

const writeCsv = (
  orders: AsyncIterable<PayoutOrder>,
  facts: FileFacts & { profile: CsvProfile },
): AsyncIterable<Buffer | string> => {
  const { columns, hasHeader, lineEnd, separator } = facts.profile
  const csv = stringify({
    columns: columns.map(({ header }) => header),
    delimiter: separator,
    header: hasHeader,
    record_delimiter: lineEnd,
  })
  // An error of an order reaches the reader through the stream.
  pipeline(Readable.from(writeRows(orders, facts)), csv, () => undefined)
  return csv
}

async function* writeRows(
  orders: AsyncIterable<PayoutOrder>,
  facts: FileFacts,
): AsyncGenerator<string[]> {
  for await (const order of orders) yield toBankCells(order, facts)
}
