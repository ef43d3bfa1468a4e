import crypto, { pbkdf2, pbkdf2Sync } from 'node:crypto'

import { createUser, PASSWORD } from './factories.ts'
import { type Product, startProduct } from './startProduct.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

type Stored = { hash: string; salt: string }
const loadStored = async (id: string): Promise<Stored> => {
  const [row] = await product.sql<Stored>(`select hash, salt from users where id = '${id}'`)
  if (!row) throw new Error(`no user ${id}`)
  return row
}
const signInStatus = async (email: string, password: string): Promise<number> =>
  (await product.rest('POST', '/api/users/login', { body: { email, password } })).status
const hashParts = (salt: string, rounds: number, bytes: number) =>
  pbkdf2Sync(PASSWORD, salt, rounds, bytes, 'sha256').toString('hex')

it('Payload hashes a new password with one round in tests, and a sign-in checks it', async () => {
  const { email, id } = await createUser(product.payload)
  const { hash, salt } = await loadStored(id)
  expect(hash).toBe(`pbkdf2-sha256-v1:${hashParts(salt, 1, 32)}`)
  expect(await signInStatus(email, 'not-the-password')).toBe(401)
  expect(await signInStatus(email, PASSWORD)).toBe(200)
})

describe('at full cost', () => {
  const cheap = crypto.pbkdf2
  beforeAll(() => {
    crypto.pbkdf2 = pbkdf2 // an import by name keeps the original
  })
  afterAll(() => {
    crypto.pbkdf2 = cheap
  })

  it('Payload hashes a new password with 600,000 rounds, and a sign-in checks it', async () => {
    const { email, id } = await createUser(product.payload)
    const { hash, salt } = await loadStored(id)
    expect(hash).toBe(`pbkdf2-sha256-v1:${hashParts(salt, 600_000, 32)}`)
    expect(await signInStatus(email, 'not-the-password')).toBe(401)
    expect(await signInStatus(email, PASSWORD)).toBe(200)
  })

  it('Payload accepts a password that an older release hashed with 25,000 rounds', async () => {
    const { email, id } = await createUser(product.payload)
    const { salt } = await loadStored(id)
    await product.sql(
      `update users set hash = '${hashParts(salt, 25_000, 512)}' where id = '${id}'`,
    )
    expect(await signInStatus(email, 'not-the-password')).toBe(401)
    expect(await signInStatus(email, PASSWORD)).toBe(200)
  })
})
