import { createMachine, createPayment, createUser, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
let authorization: string
let payment: string
beforeAll(async () => {
  product = await startProduct()
  const { payload } = product
  authorization = await signIn(payload, await createUser(payload, { role: 'admin' }))
  const { id: user } = await createUser(payload)
  payment = (await createPayment(payload, { user, status: 'completed' })).id
})
afterAll(() => product.close())

it('a completed payment without its payer is refused as a required field', async () => {
  const path = `/api/payments/${payment}`
  const machine = await createMachine(product.payload, ['payments:write'])
  const request = { authorization: machine, body: { user: null } }
  expect(await product.rest('PATCH', path, request)).toMatchObject({
    status: 400,
    body: { errors: [{ code: 'request.invalid', field: 'user' }] },
  })
})

it.each([
  '+275760-09-12T00:00:00.000Z',
  '+275760-09-13T00:00:00.001Z',
  '+100000-01-01T00:00:00.000Z',
  '-271821-04-20T00:00:00.000Z',
  '-000001-01-01T00:00:00.000Z',
  '0000-00-00',
  '2026-13-45',
  '1e400',
])('the date %s in `where` is not answered with an internal error', async (date) => {
  for (const operator of ['equals', 'greater_than', 'less_than_equal', 'in', 'not_equals']) {
    const path = `/api/payments?where[createdAt][${operator}]=${encodeURIComponent(date)}`
    const { body, status } = await product.rest<{ errors?: { code: string }[] }>('GET', path, {
      authorization,
    })
    const answer = status === 200 ? 'none' : `${status} ${body.errors?.[0]?.code ?? ''}`
    expect([operator, answer]).toEqual([
      operator,
      expect.stringMatching(/^(none|400 request\.(malformed-value|invalid-query))$/),
    ])
  }
})
