import { createHmac } from 'node:crypto'

import { readSession } from './readSession.ts'

const now = new Date('2026-01-01T10:00:00Z')
const HEAD = { alg: 'HS256', typ: 'JWT', authVersion: 1 }
const BODY = { id: 'm1', collection: 'users', sid: 's1', exp: now.getTime() / 1000 + 60 }
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const jwtOf = ({ head = {}, body = {}, secret = 'k' }) => {
  const text = `${part({ ...HEAD, ...head })}.${part({ ...BODY, ...body })}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}
const read = (jwt: string) => readSession({ jwt, now, secret: 'k' })

it('reads the member and the session of our JWT', () => {
  expect(read(jwtOf({}))).toEqual({ member: 'm1', session: 's1' })
})

it.each([
  ['signed with another secret', { secret: 'other' }],
  ['that has expired', { body: { exp: now.getTime() / 1000 } }],
  ['without an expiry', { body: { exp: undefined } }],
  ['of a machine', { body: { collection: 'service-accounts' } }],
  ['without a session', { body: { sid: undefined } }],
  ['of another version', { head: { authVersion: 0 } }],
  ['with another algorithm', { head: { alg: 'none' } }],
])('rejects a JWT %s', (_what, over) => {
  expect(read(jwtOf(over))).toBeNull()
})

it.each(['', 'a', 'a.b', 'a.b.c.d', `${jwtOf({})}.x`, `${part(HEAD)}.${part(BODY)}.`])(
  'rejects %j, which is no JWT',
  (jwt) => {
    expect(read(jwt)).toBeNull()
  },
)
