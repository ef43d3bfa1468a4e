import { makeClickToken, readClickToken } from './clickToken.ts'

const secret = 'a-secret'
const member = '0190b6a0-1111-7222-8333-444455556666'
const now = new Date('2026-01-01T10:00:00Z')
const { expiresAt, token } = makeClickToken({ member, now, secret })
const read = (given: string, at = now, key = secret) =>
  readClickToken({ token: given, now: at, secret: key })

it('a click token identifies its member for ten minutes, and is invalid after that', () => {
  expect(expiresAt).toEqual(new Date('2026-01-01T10:10:00Z'))
  expect(read(token, new Date('2026-01-01T10:09:59Z'))).toBe(member)
  expect(read(token, new Date('2026-01-01T10:10:00Z'))).toBeNull()
})

it('a click token is invalid with another secret', () => {
  expect(read(token, now, 'another')).toBeNull()
})

it('a click token is invalid if any character was changed or cut off', () => {
  for (let at = 0; at < token.length - 1; at += 1) {
    const other = token[at] === 'a' ? 'b' : 'a'
    expect(read(token.slice(0, at) + other + token.slice(at + 1))).toBeNull()
    expect(read(token.slice(0, at))).toBeNull()
  }
})

it.each(['', '..', `${token}.`, ` ${token}`, 'eyJhbGciOiJub25lIn0.e30.'])(
  '%j is no valid click token',
  (given) => {
    expect(read(given)).toBeNull()
  },
)
