import { createMachine, createUser, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
const tokens: Record<string, string | undefined> = {}
beforeAll(async () => {
  product = await startProduct()
  const { payload } = product
  for (const role of ['member', 'support', 'admin'] as const)
    tokens[role] = await signIn(payload, await createUser(payload, { role }))
  tokens.machine = await createMachine(payload, ['members:read'])
})
afterAll(() => product.close())

const send = (by: string, method: string, path: string, body?: object) =>
  product.rest<{ errors?: { code: string }[]; value?: unknown }>(
    method,
    `/api/payload-preferences${path}`,
    { authorization: tokens[by], ...(body ? { body } : {}) },
  )

it.each([
  ['member', 403, 'auth.forbidden'],
  ['machine', 403, 'auth.forbidden'],
  ['anonymous', 401, 'auth.required'],
])('a %s neither stores nor reads preferences', async (by, status, code) => {
  const answers = [
    await send(by, 'POST', '/columns', { value: 1 }),
    await send(by, 'GET', '/columns'),
    await send(by, 'DELETE', '/columns'),
  ]
  for (const answer of answers)
    expect(answer).toMatchObject({ status, body: { errors: [{ code }] } })
  for (const [method, body] of [['POST', { key: 'a', value: 1 }], ['GET']] as const)
    expect([401, 403]).toContain((await send(by, method, '', body)).status)
  const create = 'mutation { createPayloadPreference(data: { key: "a", value: 1 }) { key } }'
  const { body } = await product.graphql(create, tokens[by])
  expect(body.errors).not.toBeUndefined()
  expect(await product.sql('select 1 from payload_preferences')).toEqual([])
})

it('staff store, read and delete their own', async () => {
  expect((await send('support', 'POST', '/columns', { value: { width: 7 } })).status).toBe(200)
  expect((await send('support', 'GET', '/columns')).body).toMatchObject({ value: { width: 7 } })
  expect((await send('admin', 'GET', '/columns')).body).not.toMatchObject({ value: { width: 7 } })
  expect((await send('support', 'DELETE', '/columns')).status).toBe(200)
})

it.each([
  ['a value of 33 kB', '/columns', { value: 'x'.repeat(33 * 1024) }],
  ['a key of 201 characters', `/${'k'.repeat(201)}`, { value: 1 }],
])('staff do not store %s', async (_case, path, body) => {
  expect(await send('admin', 'POST', path, body)).toMatchObject({
    status: 400,
    body: { errors: [{ code: 'request.value-too-large' }] },
  })
  expect(await product.sql('select 1 from payload_preferences')).toEqual([])
})
