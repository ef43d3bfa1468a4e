import { createUser, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'

const OPEN = 'category channel createdAt finalAt id locale sentAt status template to updatedAt user'
const INNER = 'attemptCount attempts dedupeKey isPossibleDuplicate lane leaseUntil nextAttemptAt provider providerMessageId reason' // prettier-ignore

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

type Docs = { docs: Record<string, unknown>[] }
const read = async (authorization: string, query = '') =>
  (await product.rest<Docs>('GET', `/api/notifications${query}`, { authorization })).body

describe('a notification', () => {
  it('shows a member its content, time and address, without delivery details', async () => {
    const member = await signIn(product.payload, await createUser(product.payload))
    const { docs } = await read(member)
    expect(docs.map((doc) => Object.keys(doc).sort().join(' '))).toEqual([OPEN])
    const select = INNER.split(' ').map((name) => `select[${name}]=true`)
    expect((await read(member, `?${select.join('&')}`)).docs).toEqual([
      { id: expect.any(String) as unknown },
    ])
  })

  it.each(INNER.split(' '))('cannot be queried by a member by its %s', async (field) => {
    const member = await signIn(product.payload, await createUser(product.payload))
    for (const query of [`where[${field}][exists]=true`, `sort=${field}`]) {
      const answer = await product.rest('GET', `/api/notifications?${query}`, {
        authorization: member,
      })
      expect(answer.status).toBe(400)
    }
  })

  it.each(['support', 'finance', 'admin'] as const)(
    'shows %s the delivery details too',
    async (role) => {
      await createUser(product.payload)
      const staff = await signIn(product.payload, await createUser(product.payload, { role }))
      const { docs } = await read(staff)
      expect(Object.keys(docs[0] ?? {})).toEqual(
        expect.arrayContaining([...OPEN.split(' '), ...INNER.split(' ')]),
      )
    },
  )
})
