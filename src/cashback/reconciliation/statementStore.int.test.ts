import { readDb } from '../../database/readDb.ts'
import { createNetwork } from '../../../test/support/cashbackFactories.ts'
import { createUser } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { listFileNetworks, listNetworks } from './listNetworks.ts'
import { listStatements, saveStatement } from './statementStore.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

describe('statements of networks', () => {
  it('are listed newest first with their figures, as many as requested', async () => {
    const db = await readDb(product)
    const importedBy = (await createUser(product.payload, { role: 'finance' })).id
    const { id: network } = await createNetwork(product.payload, { name: 'Awin', adapter: 'awin' })
    const figures = { lines: 2, matched: 1, totalMinor: 5_000, differenceMinor: -200 }
    for (const [reference, paidAt] of [
      ['march', '2026-03-31'],
      ['may', '2026-05-31'],
      ['april', '2026-04-30'],
    ] as const) {
      const statement = {
        network,
        reference,
        paidAt,
        currency: 'INR',
        contentHash: reference,
        importedBy,
      }
      await saveStatement(db, { statement, figures, lines: [], now: new Date() })
    }
    const listed = await listStatements(db, 2)
    expect(listed).toMatchObject([
      { name: 'Awin', reference: 'may', paidAt: '2026-05-31', currency: 'INR', ...figures },
      { name: 'Awin', reference: 'april', paidAt: '2026-04-30', currency: 'INR', ...figures },
    ])
  })
})

describe('the networks of a report', () => {
  it('are all by name, also those that are off, and those of files come with their mapping', async () => {
    const db = await readDb(product)
    const mapping = { columns: { status: 'S', commission: 'C', eventAt: 'D' }, statuses: {} }
    await createNetwork(product.payload, {
      name: 'Files',
      adapter: 'csv',
      enabled: false,
      settings: { mapping },
    })
    expect((await listNetworks(db)).map(({ name }) => name)).toEqual(['Awin', 'Files'])
    expect(await listFileNetworks(db)).toMatchObject([{ name: 'Files', mapping }])
  })

  it('have no mapping when the settings of their files are not valid', async () => {
    const db = await readDb(product)
    await product.sql(`update networks set settings = '{}' where name = 'Files'`)
    expect(await listFileNetworks(db)).toMatchObject([{ name: 'Files', mapping: null }])
  })
})
