import { bearerMatches } from './bearerMatches.ts'

const TOKEN = 'a-token-of-some-length'

describe('bearerMatches', () => {
  it('accepts the token', () => {
    expect(bearerMatches(`Bearer ${TOKEN}`, TOKEN)).toBe(true)
  })

  it.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['another token', 'Bearer another-token-entirely'],
    ['a token of the same length', `Bearer ${'b'.repeat(TOKEN.length)}`],
    ['the beginning of it', `Bearer ${TOKEN.slice(0, -1)}`],
    ['more than it', `Bearer ${TOKEN}x`],
    ['another case', `Bearer ${TOKEN.toUpperCase()}`],
    ['the token alone', TOKEN],
    ['another scheme', `Basic ${TOKEN}`],
  ])('refuses %s', (_name, header) => {
    expect(bearerMatches(header, TOKEN)).toBe(false)
  })

  it.each(['Bearer ', 'Bearer undefined', 'Bearer null', 'Bearer', ''])(
    'refuses "%s" when no token is set',
    (header) => {
      expect(bearerMatches(header, undefined)).toBe(false)
      expect(bearerMatches(header, '')).toBe(false)
    },
  )
})
