import { createUser, PASSWORD, signIn } from '../../test/support/factories.ts'
import { setTimeSource } from '../../src/platform/clock.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

let product: Product
let authorization: string
beforeAll(async () => {
  product = await startProduct()
  const admin = await createUser(product.payload, { role: 'admin' })
  authorization = await signIn(product.payload, admin)
})
afterAll(() => product.close())
afterEach(() => {
  setTimeSource(null)
})

type Rate = { rateBps: number; pendingChange?: { takesEffectAt: string | null } | null }
const saveRate = async (rateBps: number) => {
  const path = '/api/globals/cashback-config'
  const answer = await product.rest<{ result: Rate }>('POST', path, {
    authorization,
    body: { rateBps },
  })
  return answer.body.result
}
const statusOf = async (method: string, id: string, body?: object) =>
  (await product.rest(method, `/api/users/${id}`, { authorization, ...(body && { body }) })).status

describe('an admin who removes the others', () => {
  it('does not set the installation up freely again', async () => {
    const { body } = await product.rest<{ doc: { id: string; role: string } }>(
      'POST',
      '/api/users',
      {
        authorization,
        body: { email: 'colleague@staff.test', password: PASSWORD, role: 'finance' },
      },
    )
    const { id, role } = body.doc
    expect(role).toBe('finance')
    expect(await statusOf('PATCH', id, { role: 'member' })).toBe(200)
    expect((await saveRate(8_900)).rateBps).toBe(7_000)
    expect(await statusOf('DELETE', id)).toBe(200)
    expect((await saveRate(8_900)).rateBps).toBe(7_000)
  })

  it.each([
    ['demoting', (id: string) => statusOf('PATCH', id, { role: 'member' })],
    ['deleting', (id: string) => statusOf('DELETE', id)],
  ])('by %s is the only one after the cool-down, and not before', async (_how, remove) => {
    const { id } = await createUser(product.payload, { role: 'admin' })
    expect(await remove(id)).toBe(200)
    expect((await saveRate(8_800)).pendingChange).toMatchObject({ takesEffectAt: null })
    setTimeSource(() => Date.now() + 73 * 3_600_000)
    expect((await saveRate(8_700)).pendingChange?.takesEffectAt).toEqual(expect.any(String))
  })
})
