import { randomUUID } from 'node:crypto'

import { aClick, anOrphan, aSeller, hoursAgo, tellSales } from '../testing/anOrphan.ts'
import { aUser, balanceOf, signIn } from '../testing/factories.ts'
import { type Product, startProduct } from '../testing/startProduct.ts'

let product: Product
const tokens: Record<string, string> = {}
beforeAll(async () => {
  product = await startProduct()
  for (const role of ['finance', 'admin', 'support', 'member'] as const) {
    tokens[role] = await signIn(product.payload, await aUser(product.payload, { role }))
  }
})
afterAll(() => product.close())

const assign = (sale: string, body: object, role = 'finance') =>
  product.rest<{ assignment: string; status: string }>(
    'POST',
    `/api/network-transactions/${sale}/assign`,
    { authorization: tokens[role], body },
  )
const decide = (id: string, verb: string, authorization = tokens.admin) =>
  product.rest('POST', `/api/sale-assignments/${id}/${verb}`, { authorization })

const balance = (member: string) => balanceOf(product.payload, member)
const assignmentsOf = (sale: string) =>
  product.sql(
    `select status::text, score::int, reasons from sale_assignments where sale_id = '${sale}' order by created_at`,
  )
const codeOf = (body: object) => (body as { errors?: { code: string }[] }).errors?.[0]?.code

/** A sale two hours ago, and a member who clicked half an hour before it. */
const aCase = async (over: object = {}, click: object = {}) => {
  const shop = await aSeller(product)
  const member = (await aUser(product.payload)).id
  const given = await aClick(product, { ...shop, member, at: hoursAgo(2.5), ...click })
  const sale = await anOrphan(product, shop, over)
  return { shop, member, click: given, sale }
}

describe('an assigned sale', () => {
  it('is the member’s at once: event, money, message, and why', async () => {
    const { click, member, sale } = await aCase({}, { rateBps: 5_000 })
    const { body, status } = await assign(sale, { member, click: click.id, note: 'by phone' })
    expect([status, body.status]).toEqual([201, 'applied'])
    expect(await balance(member)).toBe(6_248) // half of 12,495: as promised at the click
    expect(
      await product.sql(
        `select click_id, member_id from network_transactions where id = '${sale}'`,
      ),
    ).toEqual([{ click_id: click.id, member_id: member }])
    expect(
      await product.sql(
        `select template from notifications where user_id = '${member}' and template like 'cashback-%'`,
      ),
    ).toEqual([{ template: 'cashback-credited' }])
    expect(await assignmentsOf(sale)).toMatchObject([
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
        `select action, actor_role, reason, after ->> 'member' as member from audit_logs where subject_id = '${sale}'`,
      ),
    ).toEqual([{ action: 'assign', actor_role: 'finance', reason: 'by phone', member }])
  })

  it('without a click earns what the shop gives today', async () => {
    const { member, sale } = await aCase({}, { rateBps: 5_000 })
    await assign(sale, { member })
    expect(await balance(member)).toBe(8_747)
    expect(await assignmentsOf(sale)).toMatchObject([{ score: null, reasons: [] }])
  })

  it('at once by many is one member’s, and paid once', async () => {
    const { sale } = await aCase()
    const members = await Promise.all(
      [1, 2, 3, 4].map(async () => (await aUser(product.payload)).id),
    )
    const answers = await Promise.all(members.map((member) => assign(sale, { member })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
    expect(answers.map(({ body }) => codeOf(body)).filter(Boolean)).toEqual(
      Array(3).fill('sale.already-assigned'),
    )
    const sums = await Promise.all(members.map(balance))
    expect(sums.sort()).toEqual([0, 0, 0, 8_747])
    expect(await assignmentsOf(sale)).toHaveLength(1)
  })

  it('while the network tells of the click is paid once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const externalId = randomUUID()
      const { click, member, sale, shop } = await aCase({ externalId })
      const other = (await aUser(product.payload)).id
      const [{ status }] = await Promise.all([
        assign(sale, { member: other }),
        tellSales(product, shop, [{ externalId, clickId: click.clickId }]),
      ])
      const sums = [await balance(member), await balance(other)]
      expect(sums).toEqual(status === 201 ? [0, 8_747] : [8_747, 0])
      await tellSales(product, shop, [{ externalId, clickId: click.clickId, comment: 'again' }])
      expect([await balance(member), await balance(other)]).toEqual(sums)
      const [row] = await product.sql<{ same: boolean }>(
        `select s.click_id is null or s.member_id = c.member_id as same
         from network_transactions s left join clicks c on c.id = s.click_id where s.id = '${sale}'`,
      )
      expect(row?.same).toBe(true)
    }
  })

  it('comes back out when the network declines it', async () => {
    const externalId = randomUUID()
    const { member, sale, shop } = await aCase({ externalId })
    await assign(sale, { member })
    expect(await balance(member)).toBe(8_747)
    await tellSales(product, shop, [{ externalId, status: 'declined' }])
    expect(await balance(member)).toBe(0)
  })

  it.each(['support', 'member'])('is not for %s to give', async (role) => {
    const { member, sale } = await aCase()
    expect((await assign(sale, { member }, role)).status).toBe(403)
    expect((await product.rest('POST', `/api/network-transactions/${sale}/assign`)).status).toBe(
      401,
    )
    expect(await assignmentsOf(sale)).toEqual([])
  })

  it.each([
    ['before', 'a guest’s', 'the same'],
    ['after', 'a guest’s', 'the same'],
    ['after', 'no', 'the member’s'],
  ])('loses what returned of it, told %s it was given, of %s click', async (when, of, by) => {
    const { click, member, shop } = await aCase()
    const guest = await aClick(product, { ...shop, member: null, at: hoursAgo(2.4) })
    const externalId = randomUUID()
    const clickId = of === 'no' ? null : guest.clickId
    const order = { externalId, orderId: externalId, clickId }
    const sale = await anOrphan(product, shop, order)
    const back = {
      externalId: `${externalId}-r`,
      clickId: by === 'the same' ? clickId : click.clickId,
      commissionMinor: -2_495,
    }
    if (when === 'before') await tellSales(product, shop, [back])
    await assign(sale, { member, click: click.id })
    if (when === 'after') await tellSales(product, shop, [back])
    expect(await balance(member)).toBe(7_000)
    await tellSales(product, shop, [back, { ...order, saleMinor: 249_901 }])
    expect(await balance(member)).toBe(7_000)
  })

  it('of several rows of an order brings what the screen said, its returns taken off', async () => {
    const { click, member, shop } = await aCase()
    const guest = await aClick(product, { ...shop, member: null, at: hoursAgo(2.4) })
    const orderId = randomUUID()
    const of = { orderId, clickId: guest.clickId }
    const sale = await anOrphan(product, shop, { ...of, commissionMinor: 60_000 })
    await anOrphan(product, shop, { ...of, commissionMinor: 40_000 })
    const lone = { externalId: randomUUID(), clickId: guest.clickId, commissionMinor: -100_000 }
    await tellSales(product, shop, [lone])
    await assign(sale, { member, click: click.id })
    expect(await balance(member)).toBe(0)
    await tellSales(product, shop, [lone])
    expect(await balance(member)).toBe(0)
  })

  it('is not given on grounds that are not good, and leaves nothing', async () => {
    const { click, member, sale, shop } = await aCase()
    const stranger = (await aUser(product.payload)).id
    const elsewhere = await aClick(product, {
      ...(await aSeller(product)),
      member,
      at: hoursAgo(3),
    })
    const robot = await aClick(product, { ...shop, member, at: hoursAgo(3), isBot: true })
    const late = await aClick(product, { ...shop, member, at: hoursAgo(-30) })
    const refused = [
      [{ member: stranger, click: click.id }, 400, 'assignment.unknown-click'],
      [{ member, click: elsewhere.id }, 400, 'assignment.other-shop'],
      [{ member, click: robot.id }, 400, 'assignment.click-of-robot'],
      [{ member, click: late.id }, 400, 'assignment.click-too-late'],
      [{ member, claim: randomUUID() }, 400, 'assignment.unknown-claim'],
      [{ member: randomUUID() }, 400, 'assignment.unknown-member'],
      [{ member: 'x' }, 400, 'request.malformed-value'],
      [{ member, amountMinor: 1 }, 400, 'request.unknown-field'],
      [{ member, click: [click.id] }, 400, 'request.malformed-value'],
    ] as const
    for (const [body, status, code] of refused) {
      const answer = await assign(sale, body)
      expect([answer.status, codeOf(answer.body)]).toEqual([status, code])
    }
    expect((await assign(randomUUID(), { member })).status).toBe(404)
    const declined = await anOrphan(product, shop, { status: 'declined' })
    expect(codeOf((await assign(declined, { member })).body)).toBe('sale.declined')
    const externalId = randomUUID()
    await anOrphan(product, shop, { externalId, status: 'declined' })
    const parked = await anOrphan(product, shop, { externalId, status: 'unknown' })
    expect(codeOf((await assign(parked, { member })).body)).toBe('sale.declined')
    const back = await anOrphan(product, shop, { returnOf: 'o', orderId: 'o', commissionMinor: -5 })
    expect(codeOf((await assign(back, { member })).body)).toBe('sale.is-return')
    const lone = await anOrphan(product, shop, { commissionMinor: -5 })
    expect(codeOf((await assign(lone, { member })).body)).toBe('sale.is-return')
    expect(await assignmentsOf(sale)).toEqual([])
    expect([await balance(member), await balance(stranger)]).toEqual([0, 0])
    expect(await product.sql(`select 1 from audit_logs where subject_id = '${sale}'`)).toEqual([])
  })
})

describe('above the limit an assignment', () => {
  const LARGE = { commissionMinor: 1_000_000 }

  it('moves nothing until another person approves it, and then once', async () => {
    const { click, member, sale } = await aCase(LARGE)
    const { body, status } = await assign(sale, { member, click: click.id })
    expect([status, body.status]).toEqual([201, 'pending'])
    expect(await balance(member)).toBe(0)
    expect(codeOf((await assign(sale, { member })).body)).toBe('sale.already-assigned')

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

  it('that is rejected moves nothing, and the sale can be given anew', async () => {
    const { member, sale } = await aCase(LARGE)
    const { body } = await assign(sale, { member })
    expect((await decide(body.assignment, 'reject')).status).toBe(200)
    expect((await decide(body.assignment, 'approve')).status).toBe(409)
    expect(await balance(member)).toBe(0)
    expect((await assign(sale, { member })).status).toBe(201)
  })

  it('approved and rejected at once is one of both', async () => {
    const { member, sale } = await aCase(LARGE)
    const { body } = await assign(sale, { member })
    const [approved, rejected] = await Promise.all([
      decide(body.assignment, 'approve'),
      decide(body.assignment, 'reject'),
    ])
    expect([approved.status, rejected.status].sort()).toEqual([200, 409])
    expect(await balance(member)).toBe(approved.status === 200 ? 700_000 : 0)
  })

  it('is not approved by whom it is for, nor given at once to oneself', async () => {
    const finance = await aUser(product.payload, { role: 'finance' })
    const own = await signIn(product.payload, finance)
    const { sale } = await aCase(LARGE)
    const { body } = await assign(sale, { member: finance.id }, 'admin')
    expect(codeOf((await decide(body.assignment, 'approve', own)).body)).toBe('assignment.own')

    const small = await aCase()
    const asked = await product.rest<{ status: string }>(
      'POST',
      `/api/network-transactions/${small.sale}/assign`,
      { authorization: own, body: { member: finance.id } },
    )
    expect(asked.body.status).toBe('pending')
    expect(await balance(finance.id)).toBe(0)
  })

  it('in parts counts as one, with what was adjusted', async () => {
    const member = (await aUser(product.payload)).id
    const shop = await aSeller(product)
    const sales = await Promise.all(
      [1, 2, 3].map(() => anOrphan(product, shop, { commissionMinor: 300_000 })),
    )
    const answers = await Promise.all(sales.map((sale) => assign(sale, { member })))
    expect(answers.map(({ body }) => body.status).sort()).toEqual(['applied', 'applied', 'pending'])
    expect(await balance(member)).toBe(420_000)
    const adjusted = await product.rest<{ doc: { status: string } }>('POST', '/api/adjustments', {
      authorization: tokens.finance,
      body: { member, effect: 'credit', amountMinor: 90_000, currency: 'INR', reason: 'goodwill' },
    })
    expect(adjusted.body.doc.status).toBe('pending')
  })

  it('is refused when the network has told of the click meanwhile', async () => {
    const externalId = randomUUID()
    const { click, member, sale, shop } = await aCase({ ...LARGE, externalId })
    const { body } = await assign(sale, { member: (await aUser(product.payload)).id })
    await tellSales(product, shop, [{ ...LARGE, externalId, clickId: click.clickId }])
    const answer = await decide(body.assignment, 'approve')
    expect([answer.status, codeOf(answer.body)]).toEqual([409, 'sale.already-assigned'])
    expect(await balance(member)).toBe(700_000)
  })
})
