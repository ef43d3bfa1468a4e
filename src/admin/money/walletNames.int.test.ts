import { createUser } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { walletNames } from './walletNames.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

it('a wallet is named by its owner and kind, one of the platform by its kind, an unknown one by its id', async () => {
  const { payload, sql } = product
  const member = await createUser(payload, { name: 'Asha Rao' })
  await sql(`select wallet_for('${member.id}', 'available', 'INR')`)
  await sql(`select wallet_for(null, 'commission-expense', 'INR')`)
  const wallets = await sql<{ id: string; kind: string }>('select id, kind::text from wallets')
  const idOf = (kind: string) => wallets.find((wallet) => wallet.kind === kind)?.id ?? ''
  const unknown = '00000000-0000-7000-8000-000000000000'

  const nameOf = walletNames(payload)
  const names = await Promise.all(
    [idOf('available'), idOf('commission-expense'), unknown].map((id) => nameOf(id)),
  )
  expect(names).toEqual(['Asha Rao, available', 'Commission expense', unknown])
})
