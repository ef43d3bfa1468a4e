import type { CollectionBeforeOperationHook } from 'payload'

import { sortOwnTransfers } from './sortOwnTransfers.ts'

type Args = Parameters<CollectionBeforeOperationHook>[0]
const orderFor = (role: string, sort?: unknown, operation = 'read') => {
  const req = { user: { collection: 'users', role } }
  return sortOwnTransfers({ args: { limit: 5, sort }, operation, req } as unknown as Args)
}

describe('the order of a list of transfers', () => {
  it.each([undefined, '', '-createdAt', ['-createdAt']])(
    'is that of the posting for a member with sort %j, and the rest is unchanged',
    (sort) => {
      expect(orderFor('member', sort)).toEqual({ limit: 5, sort: '-postedAt' })
    },
  )

  it.each([
    ['a member with another sort', 'member', 'amountMinor', 'read'],
    ['the staff', 'finance', undefined, 'read'],
    ['a write', 'member', undefined, 'update'],
  ])('is unchanged for %s', (_who, role, sort, operation) => {
    expect(orderFor(role, sort, operation)).toBeUndefined()
  })
})
