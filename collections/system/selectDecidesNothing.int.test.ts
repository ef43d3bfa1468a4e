import type { Adjustment, Payment } from '../../src/payload-types.ts'
import {
  createMachine,
  createReferral,
  createUser,
  readBalance,
  signIn,
} from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
let machine: string
let finance: string
beforeAll(async () => {
  product = await startProduct()
  machine = await createMachine(product.payload, ['payments:write', 'refunds:write'])
  finance = await signIn(product.payload, await createUser(product.payload, { role: 'finance' }))
})
afterAll(() => product.close())

const FIELDS = [
  'status',
  'amountMinor',
  'currency',
  'user',
  'effect',
  'member',
  'payment',
  'reason',
]
const SELECTS = [
  'select[reference]=true',
  'select[id]=true',
  ...FIELDS.map((field) => `select[${field}]=false`),
]

describe('the fields that a sender selects do not change what is done:', () => {
  it.each(SELECTS)(
    'a payment completed with ?%s earns its commission, a refund takes it',
    async (select) => {
      const { affiliate, buyer } = await createReferral(product.payload)
      const created = await product.rest<{ doc: Payment }>('POST', `/api/payments?${select}`, {
        authorization: machine,
        body: {
          reference: crypto.randomUUID(),
          user: buyer.id,
          amountMinor: 10_000,
          currency: 'INR',
        },
      })
      expect(created.status).toBe(201)
      const { id } = created.body.doc
      const completed = await product.rest('PATCH', `/api/payments/${id}?${select}`, {
        authorization: machine,
        body: { status: 'completed' },
      })
      expect(completed.status).toBe(200)
      expect(await readBalance(product.payload, affiliate.id)).toBe(1_000)
      const refund = await product.rest('POST', `/api/refunds?${select}`, {
        authorization: machine,
        body: { reference: crypto.randomUUID(), payment: id, amountMinor: 10_000 },
      })
      expect(refund.status).toBe(201)
      expect(await readBalance(product.payload, affiliate.id)).toBe(0)
    },
  )

  it.each(SELECTS)('a credit with ?%s credits, with actor and reason', async (select) => {
    const member = await createUser(product.payload)
    const { body } = await product.rest<{ doc: Adjustment }>('POST', `/api/adjustments?${select}`, {
      authorization: finance,
      body: {
        member: member.id,
        effect: 'credit',
        amountMinor: 500,
        currency: 'INR',
        reason: 'goodwill',
      },
    })
    expect(await readBalance(product.payload, member.id)).toBe(500)
    const [row] = await product.sql<Record<string, unknown>>(
      `select reason, actor from wallet_transactions where adjustment_id = '${body.doc.id}'`,
    )
    expect(row).toMatchObject({ reason: 'goodwill' })
    expect(row?.actor).not.toBeNull()
  })

  it.each(['select=false', 'select[]=x'])('?%s is refused, and credits nothing', async (select) => {
    const member = await createUser(product.payload)
    const answer = await product.rest('POST', `/api/adjustments?${select}`, {
      authorization: finance,
      body: {
        member: member.id,
        effect: 'credit',
        amountMinor: 500,
        currency: 'INR',
        reason: 'goodwill',
      },
    })
    expect(answer).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'request.invalid-query', field: 'select' }] },
    })
    expect(await readBalance(product.payload, member.id)).toBe(0)
  })
})
