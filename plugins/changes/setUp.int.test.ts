import {
  createPayment,
  createReferral,
  createUser,
  PASSWORD,
  signIn,
} from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
let authorization: string
beforeAll(async () => {
  product = await startProduct()
  const admin = await createUser(product.payload, { role: 'admin' })
  authorization = await signIn(product.payload, admin)
})
afterAll(() => product.close())

type Answer = { doc: { role: string; pendingChange?: object | null } } & {
  result: { rateBps: number; pendingChange?: { takesEffectAt: string | null } | null }
}
const post = async (path: string, body: object) =>
  (await product.rest<Answer>('POST', path, { authorization, body })).body
const saveRate = async (rateBps: number) =>
  (await post('/api/globals/cashback-config', { rateBps })).result
const colleague = (name: string) => ({
  email: `${name}@staff.test`,
  password: PASSWORD,
  role: 'finance',
})

describe('the only admin of a new installation', () => {
  it('sets it up without waiting', async () => {
    const { pendingChange, rateBps } = await saveRate(8_000)
    expect([rateBps, pendingChange ?? null]).toEqual([8_000, null])
  })

  it('creates one colleague without waiting, also of two at once', async () => {
    const answers = await Promise.all(
      ['one', 'two'].map((name) => post('/api/users', colleague(name))),
    )
    expect(answers.map(({ doc }) => doc.role).sort()).toEqual(['finance', 'member'])
  })

  it('waits for the cool-down once there is a colleague', async () => {
    const { pendingChange, rateBps } = await saveRate(9_000)
    expect(rateBps).toBe(8_000)
    expect(pendingChange?.takesEffectAt).toEqual(expect.any(String))
  })

  it('waits alone too once there is money', async () => {
    await product.sql(`update users set role = 'member' where role = 'finance'`)
    expect((await saveRate(8_100)).rateBps).toBe(8_100)
    const { buyer } = await createReferral(product.payload)
    await createPayment(product.payload, { user: buyer.id, status: 'completed' })
    expect((await saveRate(8_200)).rateBps).toBe(8_100)
  })
})
