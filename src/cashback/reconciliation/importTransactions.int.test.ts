import { createLocalReq } from 'payload'

import { createUser, readBalance } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { buildTransactionRow } from '../../../test/support/cashbackFactories.ts'
import { createMemberWithClicks } from '../../../test/support/ingestOrders.ts'
import { instantOf } from '../../../test/support/instants.ts'
import { importTransactions } from './importTransactions.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const order = { order: '1', click: 'c1', timeline: [] }

it('the audit log names the importer of a file, also if only a part was imported', async () => {
  const { clicks, member, network } = await createMemberWithClicks(product, [order])
  const row = buildTransactionRow({ subId: clicks.get('c1') ?? '' })
  // A value that no adapter returns fails its page; an absurd one would be quarantined.
  const refused = { ...row, externalId: '2', currency: null as never }
  const pages = [[row], [refused]].map((rows) => ({ rows, rejected: [], raw: rows, total: 1 }))
  const transactions = {
    pages,
    rows: 2,
    errors: [],
    window: null,
    sample: [],
    unmappedStatuses: [],
  }
  const finance = await createUser(product.payload, { role: 'finance' })
  const req = await createLocalReq({ user: { ...finance, collection: 'users' } }, product.payload)
  const imported = importTransactions(req, {
    network: network.id,
    transactions,
    observedAt: instantOf(1),
  })
  await expect(imported).rejects.toThrow()
  expect(await readBalance(product.payload, member.id)).toBe(3_500)
  const audited = await product.sql(
    `select actor_id::text as actor from audit_logs where subject_id = '${network.id}' and action = 'import'`,
  )
  expect(audited).toEqual([{ actor: finance.id }])
})
