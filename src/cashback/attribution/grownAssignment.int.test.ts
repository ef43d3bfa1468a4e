import { randomUUID } from 'node:crypto'

import { readDb } from '../../database/readDb.ts'
import {
  createMerchantAtNetwork,
  ingestTransaction,
  ingestTransactions,
} from '../../../test/support/cashbackFactories.ts'
import { createUser, readBalance, signIn } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { listHeld } from '../ingestion/overview/listHeld.ts'

let product: Product
let second: { id: string; as: string }
beforeAll(async () => {
  product = await startProduct()
  second = await createFinance()
})
afterAll(() => product.close())

const createFinance = async () => {
  const user = await createUser(product.payload, { role: 'finance' })
  return { id: user.id, as: await signIn(product.payload, user) }
}
const balanceOf = (member: string) => readBalance(product.payload, member)
const decide = (assignment: string, verb: 'approve' | 'reject', as: string, body: object = {}) =>
  product.rest<{ errors?: { code: string }[] }>(
    'POST',
    `/api/transaction-assignments/${assignment}/${verb}`,
    { authorization: as, body },
  )

/** An order without a member that finance assigns to one; `grow` reports another commission. */
const assignOrder = async ({ commissionMinor }: { commissionMinor: number }) => {
  const { ids } = await createMerchantAtNetwork(product.payload)
  const finance = await createFinance()
  const member = (await createUser(product.payload)).id
  const externalId = randomUUID()
  const order = { externalId, saleMinor: null }
  const transaction = await ingestTransaction(product, ids, { ...order, commissionMinor })
  const { body } = await product.rest<{ assignment: string; status: string }>(
    'POST',
    `/api/network-transactions/${transaction}/assign`,
    { authorization: finance.as, body: { member } },
  )
  const grow = (grown: number) =>
    ingestTransactions(product, ids, [{ ...order, commissionMinor: grown }])
  return { ...body, finance, member, transaction, grow }
}
const growthOf = (assignment: string) =>
  product.sql(`select amount_minor::int as amount, status::text from held_credits
    where assignment_id = '${assignment}' order by created_at, id`)

describe('an assigned transaction that grows', () => {
  it('above the limits keeps the credit that people have seen until a second person approves', async () => {
    const { assignment, finance, grow, member, status } = await assignOrder({
      commissionMinor: 1_000,
    })
    expect(status).toBe('applied')
    await grow(100_000_000)
    expect(await balanceOf(member)).toBe(700)
    expect(await growthOf(assignment)).toEqual([{ amount: 69_999_300, status: 'held' }])

    const own = await decide(assignment, 'approve', finance.as)
    expect([own.status, own.body.errors?.[0]?.code]).toEqual([403, 'approval.not-independent'])
    expect((await decide(assignment, 'approve', second.as)).status).toBe(200)
    expect(await balanceOf(member)).toBe(70_000_000)
    expect((await decide(assignment, 'approve', second.as)).body.errors?.[0]?.code).toBe(
      'assignment.decided',
    )
  })

  it('within the limits is credited at once, and counts in the limit of the day', async () => {
    const { assignment, grow, member } = await assignOrder({ commissionMinor: 100_000 })
    await grow(400_000)
    expect(await balanceOf(member)).toBe(280_000)
    expect(await growthOf(assignment)).toEqual([{ amount: 210_000, status: 'released' }])
    await grow(800_000)
    expect(await balanceOf(member)).toBe(280_000)
  })

  it('after an approval is judged again when it grows further', async () => {
    const { assignment, grow, member } = await assignOrder({ commissionMinor: 1_000 })
    await grow(1_000_000)
    await decide(assignment, 'approve', second.as)
    await grow(1_000_100)
    expect(await balanceOf(member)).toBe(700_000)
  })

  it('between the look and the approval is not approved unseen, and can be once it was seen', async () => {
    const { assignment, grow, member } = await assignOrder({ commissionMinor: 1_000 })
    await grow(1_000_000)
    await grow(2_000_000)
    const stale = await decide(assignment, 'approve', second.as, { amountMinor: 700_000 })
    expect([stale.status, stale.body.errors?.[0]]).toMatchObject([
      409,
      { code: 'assignment.grown', field: 'amountMinor' },
    ])
    expect(await balanceOf(member)).toBe(700)
    const [held] = (await listHeld(await readDb(product))).filter(({ id }) => id === assignment)
    expect(held).toMatchObject({ cashbackMinor: 1_400_000, credits: [{ amountMinor: 1_399_300 }] })
    const seen = await decide(assignment, 'approve', second.as, {
      amountMinor: held?.cashbackMinor,
    })
    expect(seen.status).toBe(200)
    expect(await balanceOf(member)).toBe(1_400_000)
  })

  it('within the limits of credits counts in the daily limit of the person who assigned the order', async () => {
    const { finance, grow } = await assignOrder({ commissionMinor: 1_000 })
    await grow(500_000)
    const adjust = async (amountMinor: number) => {
      const { body } = await product.rest<{ doc: { status: string } }>('POST', '/api/adjustments', {
        authorization: finance.as,
        body: {
          member: (await createUser(product.payload)).id,
          effect: 'credit',
          amountMinor,
          currency: 'INR',
          reason: 'goodwill',
        },
      })
      return body.doc.status
    }
    expect(await adjust(150_001)).toBe('pending')
    expect(await adjust(150_000)).toBe('posted')
  })

  it('after a rejection keeps its credit, and only a larger growth is asked for again', async () => {
    const { assignment, grow, member } = await assignOrder({ commissionMinor: 1_000 })
    await grow(1_000_000)
    expect((await decide(assignment, 'reject', second.as)).status).toBe(200)
    await grow(900_000)
    expect(await balanceOf(member)).toBe(700)
    expect(await growthOf(assignment)).toEqual([{ amount: 699_300, status: 'rejected' }])
    await grow(1_100_000)
    expect(await growthOf(assignment)).toMatchObject([
      { status: 'rejected' },
      { amount: 769_300, status: 'held' },
    ])
    expect(await balanceOf(member)).toBe(700)
  })

  it('and shrinks again holds nothing', async () => {
    const { assignment, grow, member } = await assignOrder({ commissionMinor: 1_000 })
    await grow(1_000_000)
    await grow(500)
    expect(await balanceOf(member)).toBe(350)
    expect(await growthOf(assignment)).toMatchObject([{ status: 'superseded' }])
  })

  it('while its assignment waits is credited up to what the second person saw', async () => {
    const { assignment, grow, member, status } = await assignOrder({ commissionMinor: 1_000_000 })
    expect(status).toBe('pending')
    await grow(2_000_000)
    await decide(assignment, 'approve', second.as)
    expect(await balanceOf(member)).toBe(700_000)
  })

  it('while its assignment waits is credited whole to a second person who saw it', async () => {
    const { assignment, grow, member } = await assignOrder({ commissionMinor: 1_000_000 })
    await grow(2_000_000)
    await decide(assignment, 'approve', second.as, { amountMinor: 1_400_000 })
    expect(await balanceOf(member)).toBe(1_400_000)
  })

  it('never beyond its cashback of today, whatever amount the second person names', async () => {
    const { assignment, grow, member } = await assignOrder({ commissionMinor: 1_000_000 })
    await decide(assignment, 'approve', second.as, { amountMinor: 900_000_000 })
    await grow(2_000_000)
    expect(await balanceOf(member)).toBe(700_000)
  })
})
