import { parseRetryAfter } from './parseRetryAfter.ts'

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000)
const unix = (at: Date) => String(Math.floor(at.getTime() / 1000))

describe('parseRetryAfter', () => {
  it.each([
    ['seconds', '7', 7_000],
    ['nothing to wait for', '0', 1_000],
    ['a whole day', '86400', 900_000],
    ['a date that is past', 'Fri, 20 Nov 2020 10:00:00 GMT', 1_000],
    ['a date years away', 'Fri, 20 Nov 2099 10:00:00 GMT', 900_000],
  ])('reads Retry-After with %s', (_what, value, ms) => {
    expect(parseRetryAfter({ 'retry-after': value })).toBe(ms)
  })

  it('reads Retry-After with a date', () => {
    const ms = parseRetryAfter({ 'retry-after': inSeconds(60).toUTCString() })
    expect(ms).toBeGreaterThan(55_000)
    expect(ms).toBeLessThanOrEqual(60_000)
  })

  it('reads the time of a reset and prefers Retry-After', () => {
    const reset = unix(inSeconds(60))
    expect(parseRetryAfter({ 'x-ratelimit-reset': reset })).toBeGreaterThan(55_000)
    expect(parseRetryAfter({ 'x-ratelimit-reset': reset, 'retry-after': '7' })).toBe(7_000)
  })

  it.each([
    {},
    { 'retry-after': '' },
    { 'retry-after': 'soon' },
    { 'retry-after': undefined },
    { 'x-ratelimit-reset': 'soon' },
    { 'x-ratelimit-reset': '' },
  ])('returns null for headers without a readable time: %j', (headers) => {
    expect(parseRetryAfter(headers)).toBeNull()
  })
})
