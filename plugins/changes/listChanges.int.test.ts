import { readDb } from '../../src/database/readDb.ts'
import { listChanges } from '../../src/changes/changeStore.ts'
import { createUser, signIn } from '../../test/support/factories.ts'
import { type Product, startProduct } from '../../test/support/startProduct.ts'
import { loadChangesBadge } from './admin/loadChangesBadge.ts'

let product: Product
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())

it('a change is listed with its people, as waiting with a badge and then as decided', async () => {
  const { payload } = product
  const first = await createUser(payload, { role: 'admin', name: 'Meera' })
  const second = await createUser(payload, { role: 'admin', name: 'Asha' })
  const { body } = await product.rest<{ result: { pendingChange: { id: string } } }>(
    'POST',
    '/api/globals/cashback-config',
    { authorization: await signIn(payload, first), body: { rateBps: 9_500 } },
  )
  const { id } = body.result.pendingChange
  const db = await readDb({ payload })
  expect(await listChanges(db, { isOpen: true, limit: 10 })).toMatchObject([
    { id, requester: 'Meera', decider: null },
  ])
  expect(await listChanges(db, { isOpen: false, limit: 10 })).toEqual([])
  expect(await loadChangesBadge(payload)).toEqual({ text: '1 waiting', isBad: true })

  await product.rest('POST', `/api/change-requests/${id}/reject`, {
    authorization: await signIn(payload, second),
    body: { reason: 'too much' },
  })
  expect(await listChanges(db, { isOpen: true, limit: 10 })).toEqual([])
  expect(await listChanges(db, { isOpen: false, limit: 10 })).toMatchObject([
    { id, requester: 'Meera', decider: 'Asha', reason: 'too much' },
  ])
  expect(await loadChangesBadge(payload)).toBeNull()
})
