import { ITEM_STATUSES, readBatch } from './readBatch.ts'

const KEY = 'W1A2B3C4D5E6F7G8H9J0K1L2M3N4P5Q6R7'

type Item = Record<string, unknown>
const batch = (batch_status: string, items: Item[] = [], sender_batch_id = KEY) => ({
  batch_header: {
    payout_batch_id: 'BATCH1',
    batch_status,
    sender_batch_header: { sender_batch_id },
  },
  items,
})
const item = (transaction_status: string, rest: Item = {}): Item => ({
  payout_item_id: 'ITEM1',
  payout_batch_id: 'BATCH1',
  transaction_id: 'TX1',
  transaction_status,
  payout_item_fee: { currency: 'USD', value: '0.25' },
  payout_item: { sender_item_id: KEY, amount: { currency: 'USD', value: '12.50' } },
  ...rest,
})
const read = (body: unknown) => readBatch(body, KEY)

describe('the status of an item', () => {
  it.each([
    ['PENDING', 'pending', null],
    ['ONHOLD', 'pending', null],
    ['UNCLAIMED', 'pending', null],
    ['SUCCESS', 'settled', null],
    ['RETURNED', 'returned', 'fix'],
    ['REFUNDED', 'returned', 'fix'],
    ['REVERSED', 'returned', 'operator'],
    ['FAILED', 'failed', 'operator'],
    ['BLOCKED', 'failed', 'operator'],
    ['SOMETHING_NEW', 'unknown', null],
  ])('%s in a finished batch is %s, with the remedy %s', (word, status, remedy) => {
    expect(read(batch('SUCCESS', [item(word)]))).toMatchObject({
      status,
      remedy,
      providerId: 'BATCH1',
      code: word === 'SUCCESS' ? null : word,
    })
  })

  it('has all nine words of PayPal’s enum in the table', () => {
    expect(Object.keys(ITEM_STATUSES)).toHaveLength(9)
  })
})

describe('the error of an item', () => {
  it.each([
    ['RECEIVER_ACCOUNT_LOCKED', 'fix'],
    ['RECEIVING_LIMIT_EXCEEDED', 'later'],
    ['REGULATORY_BLOCKED', 'never'],
    ['SENDER_RESTRICTED', 'operator'],
    ['NOT_LISTED', 'operator'],
  ])('%s of a failed item has the remedy %s', (name, remedy) => {
    const failed = item('FAILED', { errors: { name, message: 'The item failed.' } })
    expect(read(batch('SUCCESS', [failed]))).toMatchObject({
      status: 'failed',
      code: name,
      detail: 'The item failed.',
      remedy,
    })
  })

  it('of an unclaimed item is its code, and no remedy', () => {
    const errors = { name: 'RECEIVER_UNREGISTERED', message: 'a@b.example has no account' }
    expect(read(batch('SUCCESS', [item('UNCLAIMED', { errors })]))).toMatchObject({
      status: 'pending',
      code: 'RECEIVER_UNREGISTERED',
      detail: '… has no account',
      remedy: null,
    })
  })
})

describe('the status of a batch', () => {
  it.each([
    ['PENDING', [], 'pending'],
    ['PROCESSING', [], 'pending'],
    ['DENIED', [], 'failed'],
    ['CANCELED', [], 'failed'],
    ['DENIED', [item('PENDING')], 'failed'],
    ['DENIED', [item('FAILED')], 'failed'],
    ['DENIED', [item('RETURNED')], 'returned'],
    ['DENIED', [item('SUCCESS')], 'unknown'],
    ['PROCESSING', [item('SUCCESS')], 'settled'],
    // All items were handled, but the answer has none of them.
    ['SUCCESS', [], 'unknown'],
    ['SOMETHING_NEW', [], 'unknown'],
  ])('%s with the items %j is %s', (status, items, expected) => {
    expect(read(batch(status, items)).status).toBe(expected)
  })
})

describe('a batch that is not ours alone', () => {
  it.each([
    ['of another key', batch('SUCCESS', [item('SUCCESS')], 'OTHER'), 'other-order'],
    [
      'with another item id',
      batch('SUCCESS', [item('SUCCESS', { payout_item: { sender_item_id: 'OTHER' } })]),
      'other-order',
    ],
    ['of two items', batch('SUCCESS', [item('SUCCESS'), item('FAILED')]), 'several'],
    ['in no known form', { items: [] }, 'malformed-reply'],
    ['without JSON', undefined, 'malformed-reply'],
  ])('%s is unknown', (_name, body, code) => {
    expect(read(body)).toMatchObject({ status: 'unknown', code })
  })
})

describe('the fee of an item', () => {
  it.each([
    ['USD', '0.25', 25],
    // PayPal fills it in when it begins to pay.
    ['USD', '0.00', null],
    // The payout is in USD.
    ['EUR', '0.25', null],
    ['USD', '0.255', null],
  ])('of %s %s is %s minor units', (currency, value, expected) => {
    const paid = item('SUCCESS', { payout_item_fee: { currency, value } })
    expect(read(batch('SUCCESS', [paid])).feeMinor).toBe(expected)
  })
})
