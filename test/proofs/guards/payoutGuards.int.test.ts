import { Client } from 'pg'

import { createUser } from '../../support/factories.ts'
import { type Product, startProduct } from '../../support/startProduct.ts'
import type { Fixture } from './attackSql.ts'
import { attacks } from './attacks.ts'
import { type Guard, listGuards, PAYOUT_TABLES, proveGuard, type Query } from './databaseGuards.ts'
import { payoutAttacks } from './payoutAttacks.ts'
import { payoutFixture } from './payoutFixture.ts'

let product: Product
let client: Client
let fixture: Fixture
let guards: Guard[]
const query: Query = async <Row>(text: string, values: unknown[] = []) =>
  (await client.query(text, values)).rows as Row[]

beforeAll(async () => {
  product = await startProduct()
  client = new Client({ connectionString: product.databaseUrl })
  await client.connect()
  const member = (await createUser(product.payload)).id
  const person = (await createUser(product.payload, { role: 'finance' })).id
  fixture = await payoutFixture(query, { member, person })
  guards = await listGuards(query, PAYOUT_TABLES)
})
afterAll(async () => {
  await client.end()
  await product.close()
})

it('each guard of the tables of payouts has an attack, and each attack a guard', () => {
  expect(guards.map(({ name }) => name).sort()).toEqual(Object.keys(payoutAttacks).sort())
  expect(Object.keys(attacks)).toEqual(expect.arrayContaining(Object.keys(payoutAttacks)))
})

it.each(Object.keys(payoutAttacks))(
  '%s refuses its attack, which succeeds without it',
  async (name) => {
    const guard = guards.find((known) => known.name === name)
    if (!guard) throw new Error(`There is no guard ${name}.`)
    expect(await proveGuard(query, guard, fixture)).toMatchObject({ holds: true })
  },
)
