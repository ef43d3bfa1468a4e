import { createLocalReq } from 'payload'

import { createUser, signIn } from '../../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import { loadDrift } from './loadDrift.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

it('the drift of a wallet is its stored balance beside the sum of its transfers', async () => {
  const { payload, rest, sql } = product
  const finance = await signIn(payload, await createUser(payload, { role: 'finance' }))
  const member = await createUser(payload)
  const { status } = await rest('POST', '/api/adjustments', {
    authorization: finance,
    body: {
      member: member.id,
      effect: 'credit',
      amountMinor: 10_000,
      currency: 'INR',
      reason: 'goodwill',
    },
  })
  expect(status).toBe(201)
  await sql(`update wallets set balance_minor = 10007
    where owner_id = '${member.id}' and kind = 'available'`)

  const req = await createLocalReq({}, payload)
  expect(await loadDrift(req, { owner: member.id, currency: 'INR' })).toEqual({
    storedMinor: 10_007,
    sumMinor: 10_000,
  })
  expect(await loadDrift(req, { owner: member.id, currency: 'USD' })).toBeNull()
})
