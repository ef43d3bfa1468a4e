import { actorOf, isByStaff } from './actorOf.ts'
import { changedFields } from './changedFields.ts'
import { maskSecrets } from './maskSecrets.ts'
import { originOf } from './originOf.ts'
import { reasonOf } from './reasonOf.ts'
import { storedFields } from './storedFields.ts'

type Request = Parameters<typeof originOf>[0]
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
  ])('covers %s, however deep', (name) => {
    const covered = JSON.stringify(
      maskSecrets({ a: [{ [name]: { inner: 'open' } }], [name]: 'open' }),
    )
    expect(covered).not.toContain('open')
    expect(covered).toContain('•••')
  })

  it('leaves what only sounds like one, and shows that nothing is nothing', () => {
    const row = { inviteCode: 'ABC', currency: 'INR', requestHash: 'x', apiKey: null, token: '' }
    expect(maskSecrets(row)).toEqual(row)
  })
})

describe('changedFields', () => {
  it('keeps the fields that differ, with nothing for one that was not there', () => {
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
  it('leaves out bookkeeping, what is computed, and what is empty', () => {
    const doc = { id: '1', updatedAt: 'now', sessions: [], name: 'A', phone: null, balance: 5 }
    const fields = [{ name: 'balance', type: 'number', virtual: true }] as Parameters<
      typeof storedFields
    >[1]
    expect(storedFields(doc, fields)).toEqual({ name: 'A' })
  })

  it('has one password where two columns are stored', () => {
    expect(Object.keys(storedFields({ hash: 'h', salt: 's' }, []))).toEqual(['password'])
  })
})

describe('originOf', () => {
  it('believes our edge, then the proxy', () => {
    const proxy = { 'x-forwarded-for': '203.0.113.9, 10.0.0.1' }
    expect(originOf(withHeaders(proxy)).ip).toBe('203.0.113.9')
    expect(originOf(withHeaders({ ...proxy, 'x-tributary-client-ip': '198.51.100.2' })).ip).toBe(
      '198.51.100.2',
    )
  })

  it('knows nothing of what did not come over HTTP', () => {
    expect(originOf({})).toEqual({ ip: null, userAgent: null, requestId: null })
  })
})

describe('reasonOf', () => {
  const headers = new Headers({ 'x-audit-reason': 'by header' })

  it('takes the row’s own before the header’s before the body’s', () => {
    const data = { reason: 'by body' }
    expect(reasonOf({ data, headers }, { reason: ' its own ' })).toBe('its own')
    expect(reasonOf({ data, headers }, { reason: ' ' })).toBe('by header')
    expect(reasonOf({ data }, {})).toBe('by body')
  })

  it('is null when nobody said', () => {
    expect(reasonOf({}, undefined)).toBeNull()
  })
})

describe('who', () => {
  const user = (role: string) =>
    ({ user: { collection: 'users', id: '1', email: 'a@example.test', role } }) as Parameters<
      typeof actorOf
    >[0]

  it.each([
    ['admin', true],
    ['finance', true],
    ['support', true],
    ['member', false],
  ])('%s is staff: %s', (role, isStaff) => {
    expect(isByStaff(user(role))).toBe(isStaff)
  })

  it('names a machine, and nobody for nobody', () => {
    const machine = { user: { collection: 'service-accounts', name: 'shop' } } as Parameters<
      typeof actorOf
    >[0]
    expect(actorOf(machine)).toEqual({ id: null, email: 'shop', role: 'service-accounts' })
    expect(actorOf({ user: null })).toEqual({ id: null, email: null, role: null })
  })
})
