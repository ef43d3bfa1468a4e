import { createLocalReq } from 'payload'

import type { AccountChange } from '../../domain/approvals/refuseApprover.ts'
import type { User } from '../../payload-types.ts'
import { inTransaction } from '../../database/inTransaction.ts'
import { createUser } from '../../../test/support/factories.ts'
import { type Product, startProduct } from '../../../test/support/startProduct.ts'
import { recordAccountChanges } from './accountChanges.ts'
import { checkApprover } from './checkApprover.ts'

let product: Product
let [requester, approver, third] = [] as unknown as [User, User, User]
beforeAll(async () => {
  product = await startProduct()
})
afterAll(() => product.close())
beforeEach(async () => {
  const create = () => createUser(product.payload, { role: 'finance' })
  ;[requester, approver, third] = [await create(), await create(), await create()]
})

const HOUR_MS = 3_600_000
const check = async (over: Partial<Parameters<typeof checkApprover>[1]> = {}, user = approver) => {
  const req = await createLocalReq({ user: { ...user, collection: 'users' } }, product.payload)
  const asked = { requestedBy: requester.id, requestedAt: new Date(), beneficiaries: [], ...over }
  return inTransaction(req, () => checkApprover(req, asked)).then(
    () => 'accepted',
    (error: unknown) => (error as { details: { condition?: string } }).details.condition,
  )
}
const change = async (
  by: User,
  account: User,
  hoursAgo = 1,
  changes: AccountChange[] = ['role'],
) => {
  const req = await createLocalReq({}, product.payload)
  const at = new Date(Date.now() - hoursAgo * HOUR_MS)
  await inTransaction(req, () =>
    recordAccountChanges(req, { account: account.id, by: by.id, changes, at }),
  )
}

describe('an approver', () => {
  it('who is independent of the requester is accepted', async () => {
    expect(await check()).toBe('accepted')
    expect(await check({ requestedBy: null })).toBe('accepted')
  })

  it('who requested it, gains by it or is newer than it is refused with the condition', async () => {
    expect(await check({ requestedBy: approver.id })).toBe('requester')
    expect(await check({ beneficiaries: [third.id, approver.id] })).toBe('beneficiary')
    expect(await check({ requestedAt: new Date(approver.createdAt) })).toBe('newer-than-request')
  })

  it.each(['created', 'role', 'password', 'email'] as const)(
    'is refused for the cool-down after the requester changed the account: %s',
    async (what) => {
      await change(requester, approver, 71, [what])
      expect(await check()).toBe('linked')
      await product.sql(`update finance_config set cool_down_days = 2`)
      expect(await check()).toBe('accepted')
      await product.sql(`update finance_config set cool_down_days = 3`)
    },
  )

  it('who changed the requester’s account is refused too', async () => {
    await change(approver, requester)
    expect(await check()).toBe('linked')
  })

  it('is refused when a third account that the requester changed did it', async () => {
    await change(requester, third)
    await change(third, approver)
    expect(await check()).toBe('linked')
  })

  it('is accepted when somebody else changed both accounts long ago, or just one', async () => {
    await change(third, approver)
    await change(third, requester, 100)
    expect(await check()).toBe('accepted')
  })
})

it('a recorded change of an account is neither updated nor deleted', async () => {
  await change(requester, approver)
  await expect(product.sql(`update account_changes set at = now()`)).rejects.toThrow()
  await expect(product.sql(`delete from account_changes`)).rejects.toThrow()
})
