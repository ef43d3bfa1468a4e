import { randomUUID } from 'node:crypto'

import {
  createMachine,
  createPayment,
  createReferral,
  createUser,
  readBalance,
} from '../support/factories.ts'
import { type Product, startProduct } from '../support/startProduct.ts'
import { readCase } from './readCase.ts'

let product: Product
let machine: string
beforeAll(async () => {
  product = await startProduct()
  machine = await createMachine(product.payload, ['payments:write', 'refunds:write'])
})
afterAll(() => product.close())

const send = <Body = Record<string, unknown>>(
  method: string,
  path: string,
  body?: object,
  key?: string,
) =>
  product.rest<Body>(method, `/api/${path}`, {
    authorization: machine,
    body,
    headers: key === undefined ? {} : { 'Idempotency-Key': key },
  })
const refund = (payment: string, amountMinor: number, key?: string) =>
  send('POST', 'refunds', { payment, amountMinor, reference: key ?? randomUUID() }, key)

describe('case 19: after a refund that was entered by mistake', () => {
  const found = readCase<{ wallet: number }>('19-refund-entered-by-mistake')

  it.each([0, 7])('the next payment counts as the first (%i days of hold)', async (holdDays) => {
    const { payload } = product
    await payload.updateGlobal({
      slug: 'affiliation-config',
      data: { duration: 'first', holdDays },
    })
    const { affiliate, buyer } = await createReferral(payload)
    const pay = () =>
      createPayment(payload, { user: buyer.id, amountMinor: 10_000, status: 'completed' })
    const first = await pay()
    expect((await refund(first.id, 10_000)).status).toBe(201)
    expect(await readBalance(payload, affiliate.id)).toBe(0)
    const second = await pay()
    const { docs } = await payload.find({
      collection: 'commissions',
      where: { payment: { equals: second.id } },
      depth: 0,
    })
    expect(docs).toMatchObject([
      { status: holdDays === 0 ? 'awarded' : 'held', amountMinor: found.expected.wallet },
    ])
    if (holdDays === 0) expect(await readBalance(payload, affiliate.id)).toBe(found.expected.wallet)
    await payload.updateGlobal({
      slug: 'affiliation-config',
      data: { duration: 'always', holdDays: 0 },
    })
  })
})

it('case 23: a phone number in its two international forms is one phone number', async () => {
  const found = readCase<{ both: string }>('23-phone-two-spellings')
  const outcomes: string[] = []
  for (const [one, other] of found.json('phones.json') as [string, string][]) {
    const { payload } = product
    const affiliate = await createUser(payload, { phone: one, affiliateActive: true })
    const buyer = await createUser(payload, { phone: other, referredBy: affiliate.id })
    const { id } = await createPayment(payload, { user: buyer.id, status: 'completed' })
    const { docs } = await payload.find({
      collection: 'commissions',
      where: { payment: { equals: id } },
      depth: 0,
    })
    outcomes.push(`${docs[0]?.status} ${docs[0]?.reason}`)
  }
  expect(outcomes).toEqual([found.expected.both, found.expected.both])
})

it('case 24: a bulk change and a duplicate of payments are refused, and nothing is paid', async () => {
  const found = readCase<{ bulk: number; duplicate: number; A: string; commissions: number }>(
    '24-bulk-and-duplicate',
  )
  const { buyer } = await createReferral(product.payload)
  const a = await createPayment(product.payload, { user: buyer.id })
  const b = await createPayment(product.payload, { user: buyer.id, status: 'failed' })
  const where = `where[id][in]=${a.id},${b.id}`
  const bulk = await send('PATCH', `payments?${where}`, { status: 'completed' })
  const duplicate = await send('POST', `payments/${a.id}/duplicate`)
  const { status } = await product.payload.findByID({ collection: 'payments', id: a.id })
  const commissions = await product.sql(`select 1 from commissions where payer_id = '${buyer.id}'`)
  expect({
    bulk: bulk.status,
    duplicate: duplicate.status,
    A: status,
    commissions: commissions.length,
  }).toEqual(found.expected)
})

it('case 25: repeats at the same time pay and take back once, and another body is a conflict', async () => {
  const found = readCase<{ commission: number; afterRefund: number; otherBody: number }>(
    '25-repeats-at-once',
  )
  const steps = found.json('steps.json') as { payment: number; refund: number; otherBody: number }
  const { affiliate, buyer } = await createReferral(product.payload)
  const { id } = await createPayment(product.payload, {
    user: buyer.id,
    amountMinor: steps.payment,
  })
  const times = <Result>(count: number, act: () => Promise<Result>) =>
    Promise.all(Array.from({ length: count }, act))
  await times(20, () => send('PATCH', `payments/${id}`, { status: 'completed' }))
  const commission = await readBalance(product.payload, affiliate.id)
  const key = randomUUID()
  await times(10, () => refund(id, steps.refund, key))
  const afterRefund = await readBalance(product.payload, affiliate.id)
  const other = await refund(id, steps.otherBody, key)
  expect({ commission, afterRefund, otherBody: other.status }).toEqual(found.expected)
})
