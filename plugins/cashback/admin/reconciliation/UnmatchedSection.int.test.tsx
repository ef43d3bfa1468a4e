import { createLocalReq } from 'payload'
import { renderToStaticMarkup } from 'react-dom/server'

import { createNetwork } from '../../../../test/support/cashbackFactories.ts'
import { insertTransaction } from '../../../../test/support/insertRows.ts'
import { type Product, startProduct } from '../../../../test/support/startProduct.ts'
import { UnmatchedSection } from './UnmatchedSection.tsx'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

const render = async (): Promise<string> => {
  const req = await createLocalReq({}, product.payload)
  return renderToStaticMarkup(await UnmatchedSection({ req }))
}

it('the section is empty without unmatched reversals, and shows one with its order and amount', async () => {
  expect(await render()).toContain('None.')
  const { id } = await createNetwork(product.payload, { name: 'Awin' })
  await insertTransaction(product, id, {
    external_id: 'R1',
    reversal_of: 'M-9',
    status: 'approved',
    commission_minor: -540,
  })
  const shown = await render()
  for (const text of ['Reversal', 'Awin', 'R1', 'M-9', '5.40']) expect(shown).toContain(text)
})
