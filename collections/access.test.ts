import type { AccessArgs, FieldAccess, PayloadRequest } from 'payload'

import {
  adminField,
  adminOnly,
  adminOrScope,
  anyone,
  derived,
  hasScope,
  isStaff,
  noOne,
  roleOf,
  selfOrStaffField,
  staffField,
  staffOnly,
  staffOrOwn,
} from './access.ts'

const own = (memberId: string) => ({ owner: { equals: memberId } })
const OWN = own('me')

const person = (role: string) => ({ id: 'me', collection: 'users', role })
const machine = (...scopes: string[]) => ({ id: 'me', collection: 'service-accounts', scopes })

const reqOf = (user: unknown) => ({ user }) as PayloadRequest
const argsOf = (user: unknown) => ({ req: reqOf(user) }) as AccessArgs
const fieldArgsOf = (user: unknown, id?: string) =>
  ({ req: reqOf(user), id }) as Parameters<FieldAccess>[0]

const yes = true
const no = false

/** Who may what. `scope` is what a machine needs; the machines here have it, or another. */
const TABLE = [
  { who: 'an admin', user: person('admin'), admin: yes, staff: yes, scope: yes, rows: yes },
  { who: 'finance', user: person('finance'), admin: no, staff: yes, scope: no, rows: yes },
  { who: 'support', user: person('support'), admin: no, staff: yes, scope: no, rows: yes },
  { who: 'a member', user: person('member'), admin: no, staff: no, scope: no, rows: OWN },
  {
    who: 'a machine',
    user: machine('payments:write'),
    admin: no,
    staff: no,
    scope: yes,
    rows: yes,
  },
  { who: 'another', user: machine('members:read'), admin: no, staff: no, scope: no, rows: no },
  { who: 'a bare machine', user: machine(), admin: no, staff: no, scope: no, rows: no },
  {
    who: 'a machine that says it is an admin',
    user: { ...machine(), role: 'admin' },
    admin: no,
    staff: no,
    scope: no,
    rows: no,
  },
  {
    who: 'a member that says it has a scope',
    user: { ...person('member'), scopes: ['payments:write'] },
    admin: no,
    staff: no,
    scope: no,
    rows: OWN,
  },
  { who: 'a stranger', user: null, admin: no, staff: no, scope: no, rows: no },
  { who: 'no user at all', user: undefined, admin: no, staff: no, scope: no, rows: no },
]

describe.each(TABLE)('$who', ({ admin, rows, scope, staff, user }) => {
  it(`is ${admin ? '' : 'not '}let in where admins are`, async () => {
    expect(await adminOnly(argsOf(user))).toBe(admin)
    expect(await adminField(fieldArgsOf(user))).toBe(admin)
  })

  it(`is ${staff ? '' : 'not '}let in where staff is`, async () => {
    expect(isStaff(reqOf(user))).toBe(staff)
    expect(await staffOnly(argsOf(user))).toBe(staff)
    expect(await staffField(fieldArgsOf(user))).toBe(staff)
  })

  it(`may ${scope ? '' : 'not '}do what admins and machines with the scope do`, async () => {
    expect(await adminOrScope('payments:write')(argsOf(user))).toBe(scope)
  })

  it(`sees ${rows === OWN ? 'their own' : rows ? 'all' : 'no'} rows`, async () => {
    expect(await staffOrOwn(own, 'payments:write')(argsOf(user))).toEqual(rows)
  })
})

describe('rows without a scope', () => {
  it('are seen by no machine with any scope', async () => {
    const all = machine('payments:write', 'refunds:write', 'members:read', 'catalogue:read')
    expect(await staffOrOwn(own)(argsOf(all))).toBe(false)
  })
})

describe('the fields of a person', () => {
  it.each([
    ['the person', person('member'), 'me', true],
    ['another member', person('member'), 'other', false],
    ['staff', person('support'), 'other', true],
    ['a machine of the same id', machine('members:read'), 'me', false],
    ['a stranger', null, 'me', false],
    ['a member, before the row has an id', person('member'), undefined, false],
    ['a stranger, before the row has an id', null, undefined, false],
  ])('for %s', async (_who, user, id, isSeen) => {
    expect(await selfOrStaffField(fieldArgsOf(user, id))).toBe(isSeen)
  })
})

describe('roles and scopes', () => {
  it('are distinguished: people have roles, machines have scopes', () => {
    expect(roleOf(reqOf(person('finance')))).toBe('finance')
    expect(roleOf(reqOf({ ...machine(), role: 'admin' }))).toBeNull()
    expect(roleOf(reqOf(null))).toBeNull()
    expect(hasScope(reqOf(machine('members:read')), 'members:read')).toBe(true)
    expect(hasScope(reqOf({ ...person('admin'), scopes: ['members:read'] }), 'members:read')).toBe(
      false,
    )
  })
})

describe('what only hooks and SQL write', () => {
  it('is closed to all', () => {
    expect([noOne(), derived.create(), derived.update()]).toEqual([false, false, false])
    expect(anyone()).toBe(true)
  })
})
