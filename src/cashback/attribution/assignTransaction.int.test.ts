import { randomUUID } from 'node:crypto'

import { insertClick } from '../../../test/support/insertRows.ts'
import {
  createMerchantAtNetwork,
  ingestTransaction,
  ingestTransactions,
} from '../../../test/support/cashbackFactories.ts'
import { hoursAgo } from '../../../test/support/instants.ts'
import { createUser, readBalance, signIn } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'

let product: Product
const tokens: Record<string, string> = {}
beforeAll(async () => {
  product = await startProduct()
  for (const role of ['finance', 'admin', 'support', 'member'] as const) {
    tokens[role] = await signIn(product.payload, await createUser(product.payload, { role }))
  }
})
afterAll(() => product.close())

const assign = (transaction: string, body: object, role = 'finance') =>
  product.rest<{ assignment: string; status: string }>(
    'POST',
    `/api/network-transactions/${transaction}/assign`,
    { authorization: tokens[role], body },
  )
const decide = (id: string, verb: string, authorization = tokens.admin) =>
  product.rest('POST', `/api/transaction-assignments/${id}/${verb}`, { authorization })

const balance = (member: string) => readBalance(product.payload, member)
const assignmentsOf = (transaction: string) =>
  product.sql(
    `select status::text, score::int, reasons from transaction_assignments where transaction_id = '${transaction}' order by created_at`,
  )
const codeOf = (body: object) => (body as { errors?: { code: string }[] }).errors?.[0]?.code

/** A transaction of two hours ago, and a member who clicked half an hour before it. */
const prepareCase = async (over: object = {}, click: object = {}) => {
  const { ids: merchantIds } = await createMerchantAtNetwork(product.payload)
  const member = (await createUser(product.payload)).id
  const clicked = await insertClick(product, {
    ...merchantIds,
    member,
    at: hoursAgo(2.5),
    ...click,
  })
  const transaction = await ingestTransaction(product, merchantIds, over)
  return { merchantIds, member, click: clicked, transaction }
}

describe('an assignment', () => {
  it('credits the member at once, notifies them, and stores the evidence and the audit log', async () => {
    const { click, member, transaction } = await prepareCase({}, { rateBps: 5_000 })
    const { body, status } = await assign(transaction, {
      member,
      click: click.id,
      note: 'by phone',
    })
    expect([status, body.status]).toEqual([201, 'applied'])
    expect(await balance(member)).toBe(6_248) // half of 12,495: as promised at the click
    expect(
      await product.sql(
        `select click_id, member_id from network_transactions where id = '${transaction}'`,
      ),
    ).toEqual([{ click_id: click.id, member_id: member }])
    expect(
      await product.sql(
        `select template from notifications where user_id = '${member}' and template like 'cashback-%'`,
      ),
    ).toEqual([{ template: 'cashback-credited' }])
    expect(await assignmentsOf(transaction)).toMatchObject([
      {
        status: 'applied',
        score: 86,
        reasons: [
          { code: 'click-time', points: 56 },
          { code: 'click-rivals', points: 30 },
        ],
      },
    ])
    expect(
      await product.sql(
        `select action, actor_role, reason, after ->> 'member' as member from audit_logs where subject_id = '${transaction}'`,
      ),
    ).toEqual([{ action: 'assign', actor_role: 'finance', reason: 'by phone', member }])
  })

  it('without a click uses the merchant’s current rate', async () => {
    const { member, transaction } = await prepareCase({}, { rateBps: 5_000 })
    await assign(transaction, { member })
    expect(await balance(member)).toBe(8_747)
    expect(await assignmentsOf(transaction)).toMatchObject([{ score: null, reasons: [] }])
  })

  it('to several members at the same time succeeds for one of them, and is paid once', async () => {
    const { transaction } = await prepareCase()
    const members = await Promise.all(
      [1, 2, 3, 4].map(async () => (await createUser(product.payload)).id),
    )
    const answers = await Promise.all(members.map((member) => assign(transaction, { member })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
    expect(answers.map(({ body }) => codeOf(body)).filter(Boolean)).toEqual(
      Array(3).fill('transaction.already-assigned'),
    )
    const sums = await Promise.all(members.map(balance))
    expect(sums.sort()).toEqual([0, 0, 0, 8_747])
    expect(await assignmentsOf(transaction)).toHaveLength(1)
  })

  it('while the network reports the click is paid once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const externalId = randomUUID()
      const { click, member, transaction, merchantIds } = await prepareCase({ externalId })
      const other = (await createUser(product.payload)).id
      const [{ status }] = await Promise.all([
        assign(transaction, { member: other }),
        ingestTransactions(product, merchantIds, [{ externalId, subId: click.clickId }]),
      ])
      const sums = [await balance(member), await balance(other)]
      expect(sums).toEqual(status === 201 ? [0, 8_747] : [8_747, 0])
      await ingestTransactions(product, merchantIds, [
        { externalId, subId: click.clickId, comment: 'again' },
      ])
      expect([await balance(member), await balance(other)]).toEqual(sums)
      const [row] = await product.sql<{ same: boolean }>(
        `select s.click_id is null or s.member_id = c.member_id as same
         from network_transactions s left join clicks c on c.id = s.click_id where s.id = '${transaction}'`,
      )
      expect(row?.same).toBe(true)
    }
  })

  it('is taken back from the wallet when the network declines the transaction', async () => {
    const externalId = randomUUID()
    const { member, transaction, merchantIds } = await prepareCase({ externalId })
    await assign(transaction, { member })
    expect(await balance(member)).toBe(8_747)
    await ingestTransactions(product, merchantIds, [{ externalId, status: 'declined' }])
    expect(await balance(member)).toBe(0)
  })

  it.each(['support', 'member'])('is forbidden for %s', async (role) => {
    const { member, transaction } = await prepareCase()
    expect((await assign(transaction, { member }, role)).status).toBe(403)
    expect(
      (await product.rest('POST', `/api/network-transactions/${transaction}/assign`)).status,
    ).toBe(401)
    expect(await assignmentsOf(transaction)).toEqual([])
  })

  it.each([
    ['before', 'a guest’s', 'the same click'],
    ['after', 'a guest’s', 'the same click'],
    ['after', 'no', 'the member’s click'],
  ])(
    'takes a reversal reported %s it off the cashback: order of %s click, reversal of %s',
    async (when, of, by) => {
      const { click, member, merchantIds } = await prepareCase()
      const guest = await insertClick(product, { ...merchantIds, member: null, at: hoursAgo(2.4) })
      const externalId = randomUUID()
      const clickId = of === 'no' ? null : guest.clickId
      const order = { externalId, orderId: externalId, subId: clickId }
      const transaction = await ingestTransaction(product, merchantIds, order)
      const back = {
        externalId: `${externalId}-r`,
        subId: by === 'the same click' ? clickId : click.clickId,
        commissionMinor: -2_495,
      }
      if (when === 'before') await ingestTransactions(product, merchantIds, [back])
      await assign(transaction, { member, click: click.id })
      if (when === 'after') await ingestTransactions(product, merchantIds, [back])
      expect(await balance(member)).toBe(7_000)
      await ingestTransactions(product, merchantIds, [back, { ...order, saleMinor: 249_901 }])
      expect(await balance(member)).toBe(7_000)
    },
  )

  it('of one transaction of an order credits the previewed amount, less the order’s reversals', async () => {
    const { click, member, merchantIds } = await prepareCase()
    const guest = await insertClick(product, { ...merchantIds, member: null, at: hoursAgo(2.4) })
    const orderId = randomUUID()
    const of = { orderId, subId: guest.clickId }
    const transaction = await ingestTransaction(product, merchantIds, {
      ...of,
      commissionMinor: 60_000,
    })
    await ingestTransaction(product, merchantIds, { ...of, commissionMinor: 40_000 })
    const unmatched = {
      externalId: randomUUID(),
      subId: guest.clickId,
      commissionMinor: -100_000,
    }
    await ingestTransactions(product, merchantIds, [unmatched])
    await assign(transaction, { member, click: click.id })
    expect(await balance(member)).toBe(0)
    await ingestTransactions(product, merchantIds, [unmatched])
    expect(await balance(member)).toBe(0)
  })

  it('with invalid evidence is refused and writes nothing', async () => {
    const { click, member, transaction, merchantIds } = await prepareCase()
    const stranger = (await createUser(product.payload)).id
    const elsewhere = await insertClick(product, {
      ...(await createMerchantAtNetwork(product.payload)).ids,
      member,
      at: hoursAgo(3),
    })
    const robot = await insertClick(product, {
      ...merchantIds,
      member,
      at: hoursAgo(3),
      isBot: true,
    })
    const late = await insertClick(product, { ...merchantIds, member, at: hoursAgo(-30) })
    const refused = [
      [{ member: stranger, click: click.id }, 400, 'assignment.unknown-click'],
      [{ member, click: elsewhere.id }, 400, 'assignment.other-merchant'],
      [{ member, click: robot.id }, 400, 'assignment.click-of-robot'],
      [{ member, click: late.id }, 400, 'assignment.click-too-late'],
      [{ member, claim: randomUUID() }, 400, 'assignment.unknown-claim'],
      [{ member: randomUUID() }, 400, 'assignment.unknown-member'],
      [{ member: 'x' }, 400, 'request.malformed-value'],
      [{ member, amountMinor: 1 }, 400, 'request.unknown-field'],
      [{ member, click: [click.id] }, 400, 'request.malformed-value'],
    ] as const
    for (const [body, status, code] of refused) {
      const answer = await assign(transaction, body)
      expect([answer.status, codeOf(answer.body)]).toEqual([status, code])
    }
    expect((await assign(randomUUID(), { member })).status).toBe(404)
    const declined = await ingestTransaction(product, merchantIds, { status: 'declined' })
    expect(codeOf((await assign(declined, { member })).body)).toBe('transaction.declined')
    const externalId = randomUUID()
    await ingestTransaction(product, merchantIds, { externalId, status: 'declined' })
    const parked = await ingestTransaction(product, merchantIds, { externalId, status: 'unknown' })
    expect(codeOf((await assign(parked, { member })).body)).toBe('transaction.declined')
    const back = await ingestTransaction(product, merchantIds, {
      reversalOf: 'o',
      orderId: 'o',
      commissionMinor: -5,
    })
    expect(codeOf((await assign(back, { member })).body)).toBe('transaction.is-reversal')
    const unmatched = await ingestTransaction(product, merchantIds, { commissionMinor: -5 })
    expect(codeOf((await assign(unmatched, { member })).body)).toBe('transaction.is-reversal')
    expect(await assignmentsOf(transaction)).toEqual([])
    expect([await balance(member), await balance(stranger)]).toEqual([0, 0])
    expect(
      await product.sql(`select 1 from audit_logs where subject_id = '${transaction}'`),
    ).toEqual([])
  })
})

describe('an assignment above the limit', () => {
  const LARGE = { commissionMinor: 1_000_000 }

  it('moves no money until a second person approves it, and then moves it once', async () => {
    const { click, member, transaction } = await prepareCase(LARGE)
    const { body, status } = await assign(transaction, { member, click: click.id })
    expect([status, body.status]).toEqual([201, 'pending'])
    expect(await balance(member)).toBe(0)
    expect(codeOf((await assign(transaction, { member })).body)).toBe(
      'transaction.already-assigned',
    )

    const own = await decide(body.assignment, 'approve', tokens.finance)
    expect([own.status, codeOf(own.body)]).toEqual([403, 'assignment.own'])
    expect((await decide(body.assignment, 'approve', tokens.support)).status).toBe(403)
    const answers = await Promise.all([1, 2, 3].map(() => decide(body.assignment, 'approve')))
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409])
    expect((await decide(body.assignment, 'reject')).status).toBe(409)
    expect(await balance(member)).toBe(700_000)
    expect(
      await product.sql(
        `select action, after ->> 'status' as status from audit_logs where subject_id = '${body.assignment}'`,
      ),
    ).toEqual([{ action: 'approve', status: 'applied' }])
  })

  it('that is rejected moves no money, and the transaction can be assigned again', async () => {
    const { member, transaction } = await prepareCase(LARGE)
    const { body } = await assign(transaction, { member })
    expect((await decide(body.assignment, 'reject')).status).toBe(200)
    expect((await decide(body.assignment, 'approve')).status).toBe(409)
    expect(await balance(member)).toBe(0)
    expect((await assign(transaction, { member })).status).toBe(201)
  })

  it('that is approved and rejected at the same time ends as exactly one of the two', async () => {
    const { member, transaction } = await prepareCase(LARGE)
    const { body } = await assign(transaction, { member })
    const [approved, rejected] = await Promise.all([
      decide(body.assignment, 'approve'),
      decide(body.assignment, 'reject'),
    ])
    expect([approved.status, rejected.status].sort()).toEqual([200, 409])
    expect(await balance(member)).toBe(approved.status === 200 ? 700_000 : 0)
  })

  it('cannot be approved by its member, and an assignment to oneself waits for a second person', async () => {
    const finance = await createUser(product.payload, { role: 'finance' })
    const own = await signIn(product.payload, finance)
    const { transaction } = await prepareCase(LARGE)
    const { body } = await assign(transaction, { member: finance.id }, 'admin')
    expect(codeOf((await decide(body.assignment, 'approve', own)).body)).toBe('assignment.own')

    const small = await prepareCase()
    const answer = await product.rest<{ status: string }>(
      'POST',
      `/api/network-transactions/${small.transaction}/assign`,
      { authorization: own, body: { member: finance.id } },
    )
    expect(answer.body.status).toBe('pending')
    expect(await balance(finance.id)).toBe(0)
  })

  it('in several parts needs a second person once the parts and adjustments exceed the limit together', async () => {
    const member = (await createUser(product.payload)).id
    const { ids: merchantIds } = await createMerchantAtNetwork(product.payload)
    const transactions = await Promise.all(
      [1, 2, 3].map(() => ingestTransaction(product, merchantIds, { commissionMinor: 300_000 })),
    )
    const answers = await Promise.all(
      transactions.map((transaction) => assign(transaction, { member })),
    )
    expect(answers.map(({ body }) => body.status).sort()).toEqual(['applied', 'applied', 'pending'])
    expect(await balance(member)).toBe(420_000)
    const adjusted = await product.rest<{ doc: { status: string } }>('POST', '/api/adjustments', {
      authorization: tokens.finance,
      body: { member, effect: 'credit', amountMinor: 90_000, currency: 'INR', reason: 'goodwill' },
    })
    expect(adjusted.body.doc.status).toBe('pending')
  })

  it('cannot be approved once the network has reported the click', async () => {
    const externalId = randomUUID()
    const { click, member, transaction, merchantIds } = await prepareCase({ ...LARGE, externalId })
    const { body } = await assign(transaction, { member: (await createUser(product.payload)).id })
    await ingestTransactions(product, merchantIds, [{ ...LARGE, externalId, subId: click.clickId }])
    const answer = await decide(body.assignment, 'approve')
    expect([answer.status, codeOf(answer.body)]).toEqual([409, 'transaction.already-assigned'])
    expect(await balance(member)).toBe(700_000)
  })
})
