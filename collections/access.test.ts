import type { AccessArgs, FieldAccess, PayloadRequest } from 'payload'

import {
  adminField,
  adminOnly,
  anyone,
  derived,
  hasScope,
  isStaff,
  machineOnly,
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

/** The rights of each caller. `scope`: passes a check for `payments:write`. */
const TABLE = [
  { who: 'an admin', user: person('admin'), admin: yes, staff: yes, scope: no, rows: yes },
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
  {
    who: 'a machine with another scope',
    user: machine('members:read'),
    admin: no,
    staff: no,
    scope: no,
    rows: no,
  },
  { who: 'a machine without scopes', user: machine(), admin: no, staff: no, scope: no, rows: no },
  {
    who: 'a machine with a field that claims the role of an admin',
    user: { ...machine(), role: 'admin' },
    admin: no,
    staff: no,
    scope: no,
    rows: no,
  },
  {
    who: 'a member with a field that claims a scope',
    user: { ...person('member'), scopes: ['payments:write'] },
    admin: no,
    staff: no,
    scope: no,
    rows: OWN,
  },
  { who: 'an anonymous caller', user: null, admin: no, staff: no, scope: no, rows: no },
  { who: 'an undefined user', user: undefined, admin: no, staff: no, scope: no, rows: no },
]

describe.each(TABLE)('$who', ({ admin, rows, scope, staff, user }) => {
  it(`is ${admin ? '' : 'not '}accepted where only admins are`, async () => {
    expect(await adminOnly(argsOf(user))).toBe(admin)
    expect(await adminField(fieldArgsOf(user))).toBe(admin)
  })

  it(`is ${staff ? '' : 'not '}accepted where only staff is`, async () => {
    expect(isStaff(reqOf(user))).toBe(staff)
    expect(await staffOnly(argsOf(user))).toBe(staff)
    expect(await staffField(fieldArgsOf(user))).toBe(staff)
  })

  it(`is ${scope ? '' : 'not '}accepted where only machines with the scope are`, async () => {
    expect(await machineOnly('payments:write')(argsOf(user))).toBe(scope)
  })

  it(`sees ${rows === OWN ? 'their own' : rows ? 'all' : 'no'} rows`, async () => {
    expect(await staffOrOwn(own, 'payments:write')(argsOf(user))).toEqual(rows)
  })
})

describe('rows that no scope opens', () => {
  it('are visible to no machine, whatever its scopes', async () => {
    const all = machine('payments:write', 'refunds:write', 'members:read', 'catalogue:read')
    expect(await staffOrOwn(own)(argsOf(all))).toBe(false)
  })
})

describe('a field of a person', () => {
  it.each([
    ['the person', true, person('member'), 'me'],
    ['another member', false, person('member'), 'other'],
    ['staff', true, person('support'), 'other'],
    ['a machine of the same id', false, machine('members:read'), 'me'],
    ['a stranger', false, null, 'me'],
    ['a member, before the row has an id', false, person('member'), undefined],
    ['a stranger, before the row has an id', false, null, undefined],
  ])('is visible to %s: %s', async (_who, isSeen, user, id) => {
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

describe('fields that only hooks and SQL write', () => {
  it('are writable by no caller', () => {
    expect([noOne(), derived.create(), derived.update()]).toEqual([false, false, false])
    expect(anyone()).toBe(true)
  })
})
