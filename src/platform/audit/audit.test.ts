import { findActor, isByStaff } from './findActor.ts'
import { changedFields, storedFields } from './rowChanges.ts'
import { maskSecrets, readOrigin, readReason } from './recordAudit.ts'

type Request = Parameters<typeof readOrigin>[0]
const withHeaders = (headers: Record<string, string>): Request => ({
  headers: new Headers(headers),
})

describe('maskSecrets', () => {
  it.each([
    'password',
    'hash',
    'salt',
    'resetPasswordToken',
    'apiKey',
    'apiKeyIndex',
    'sessions',
    'token',
    'credentials',
    'code',
    'clientSecret',
  ])('masks %s at any depth', (name) => {
    const covered = JSON.stringify(
      maskSecrets({ a: [{ [name]: { inner: 'open' } }], [name]: 'open' }),
    )
    expect(covered).not.toContain('open')
    expect(covered).toContain('•••')
  })

  it('keeps fields with similar names, and empty values', () => {
    const row = { inviteCode: 'ABC', currency: 'INR', requestHash: 'x', apiKey: null, token: '' }
    expect(maskSecrets(row)).toEqual(row)
  })
})

describe('changedFields', () => {
  it('keeps the fields that differ, with null for a missing one', () => {
    expect(changedFields({ a: 1, b: [1], c: 3 }, { a: 1, b: [2], d: 4 })).toEqual({
      before: { b: [1], c: 3, d: null },
      after: { b: [2], c: null, d: 4 },
    })
  })

  it('is null when nothing differs, whatever the order', () => {
    expect(changedFields({ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } })).toBeNull()
  })
})

describe('storedFields', () => {
  it('leaves out bookkeeping, computed fields and empty fields', () => {
    const doc = { id: '1', updatedAt: 'now', sessions: [], name: 'A', phone: null, balance: 5 }
    const fields = [{ name: 'balance', type: 'number', virtual: true }] as Parameters<
      typeof storedFields
    >[1]
    expect(storedFields(doc, fields)).toEqual({ name: 'A' })
  })

  it('has one password for two stored columns', () => {
    expect(Object.keys(storedFields({ hash: 'h', salt: 's' }, []))).toEqual(['password'])
  })
})

describe('readOrigin', () => {
  it('reads the address from our edge, then from the proxy', () => {
    const proxy = { 'x-forwarded-for': '203.0.113.9, 10.0.0.1' }
    expect(readOrigin(withHeaders(proxy)).ip).toBe('203.0.113.9')
    expect(readOrigin(withHeaders({ ...proxy, 'x-tributary-client-ip': '198.51.100.2' })).ip).toBe(
      '198.51.100.2',
    )
  })

  it('is empty for calls that did not come over HTTP', () => {
    expect(readOrigin({})).toEqual({ ip: null, userAgent: null, requestId: null })
  })
})

describe('readReason', () => {
  const headers = new Headers({ 'x-audit-reason': 'by header' })

  it("takes the row's reason, then the header's, then the body's", () => {
    const data = { reason: 'by body' }
    expect(readReason({ data, headers }, { reason: ' its own ' })).toBe('its own')
    expect(readReason({ data, headers }, { reason: ' ' })).toBe('by header')
    expect(readReason({ data }, {})).toBe('by body')
  })

  it('is null without a reason', () => {
    expect(readReason({}, undefined)).toBeNull()
  })
})

describe('the actor', () => {
  const user = (role: string) =>
    ({ user: { collection: 'users', id: '1', email: 'a@example.test', role } }) as Parameters<
      typeof findActor
    >[0]

  it.each([
    ['admin', true],
    ['finance', true],
    ['support', true],
    ['member', false],
  ])('with the role %s is staff: %s', (role, isStaff) => {
    expect(isByStaff(user(role))).toBe(isStaff)
  })

  it('is a machine by its name, and is empty for an anonymous request', () => {
    const machine = { user: { collection: 'service-accounts', name: 'shop' } } as Parameters<
      typeof findActor
    >[0]
    expect(findActor(machine)).toEqual({ id: null, email: 'shop', role: 'service-accounts' })
    expect(findActor({ user: null })).toEqual({ id: null, email: null, role: null })
  })
})
