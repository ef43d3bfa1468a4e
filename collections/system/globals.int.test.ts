import type { AffiliationConfig } from '../../src/payload-types.ts'
import { createUser, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
let authorization: string
beforeAll(async () => {
  product = await startProduct()
  authorization = await signIn(
    product.payload,
    await createUser(product.payload, { role: 'admin' }),
  )
})
afterAll(() => product.close())

const save = (slug: string, body: object) =>
  product.rest<{ result: AffiliationConfig }>('POST', `/api/globals/${slug}`, {
    authorization,
    body,
  })

it.each([1, 2, 3])(
  'two saves of the programme at once are both kept, each its own version (%i)',
  async (round) => {
    const [rateBps, holdDays] = [1_000 + round, round]
    const answers = await Promise.all([
      save('affiliation-config', { rateBps }),
      save('affiliation-config', { holdDays }),
    ])
    const versions = answers.map(({ body }) => body.result.version)
    expect(new Set(versions).size).toBe(2)
    const now = await product.payload.findGlobal({ slug: 'affiliation-config' })
    expect(now).toMatchObject({ rateBps, holdDays, version: Math.max(...versions.map(Number)) })
  },
)

it('two limits of one currency are refused', async () => {
  const secondPerson = [
    { currency: 'INR', aboveMinor: 900_000_000 },
    { currency: 'INR', aboveMinor: 1 },
  ]
  const before = await product.payload.findGlobal({ slug: 'finance-config' })
  expect((await save('finance-config', { secondPerson })).status).toBe(400)
  const after = await product.payload.findGlobal({ slug: 'finance-config' })
  expect(after.secondPerson).toEqual(before.secondPerson)
})
