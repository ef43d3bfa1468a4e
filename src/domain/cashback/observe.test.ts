import {
  type LastObservation,
  observe,
  supersedes,
  replacesOnReplay,
  type Observation,
  type StoredObservation,
} from './observe.ts'

const seen = (over: Partial<Observation> = {}): Observation => ({
  changedAt: null,
  observedAt: '2026-11-02T10:00:00.000Z',
  ...over,
})

describe('supersedes', () => {
  it('compares instants, however they are written', () => {
    const reported = { changedAt: '2026-11-01T10:00:00.000Z' }
    const kept = { changedAt: '2026-11-01T15:30:00+05:30' }
    const later = { observedAt: '2026-11-02T10:00:00.001Z' }
    expect(supersedes(seen({ ...reported, ...later }), seen(kept))).toBe(true)
    expect(supersedes(seen(reported), seen({ ...kept, ...later }))).toBe(false)
  })

  it('of two with equal times, the one stored later wins', () => {
    const reported = { changedAt: '2026-11-01T10:00:00Z' }
    expect(supersedes(seen(), seen({ observedAt: '2026-11-02T10:00:00+00:00' }))).toBe(true)
    expect(supersedes(seen(reported), seen(reported))).toBe(true)
    expect(supersedes(seen(reported), seen())).toBe(true)
  })

  it('prefers the network’s time of change to our time of asking', () => {
    const old = seen({ changedAt: '2026-11-01T10:00:00Z', observedAt: '2026-11-09T10:00:00Z' })
    expect(supersedes(old, seen({ changedAt: '2026-11-01T10:00:01Z' }))).toBe(false)
  })
})

describe('replacesOnReplay', () => {
  const stored = (over: Partial<StoredObservation> = {}): StoredObservation => ({
    ...seen(),
    page: '0199-b',
    ...over,
  })

  it('the same observation, read again, replaces itself', () => {
    const wrong = stored({ changedAt: '2026-11-02T10:00:00Z' })
    expect(replacesOnReplay(stored({ changedAt: '2026-11-01T10:00:00Z' }), wrong)).toBe(true)
  })

  it('of another page of the same time, only one stored later replaces it', () => {
    expect(replacesOnReplay(stored({ page: '0199-a' }), stored())).toBe(false)
    expect(replacesOnReplay(stored({ page: '0199-c' }), stored())).toBe(true)
    const reported = { page: '0199-c', changedAt: '2026-11-01T10:00:00Z' }
    expect(replacesOnReplay(stored(reported), stored({ changedAt: '2026-11-01T10:00:01Z' }))).toBe(
      false,
    )
  })

  it('an earlier observation never replaces it, whatever change time it has now', () => {
    const corrected = stored({
      changedAt: '2026-11-03T10:00:00Z',
      observedAt: '2026-11-01T10:00:00Z',
    })
    expect(replacesOnReplay(corrected, stored({ changedAt: '2026-11-02T10:00:00Z' }))).toBe(false)
  })

  it('a later observation is compared as in a run', () => {
    const after = { observedAt: '2026-11-03T10:00:00Z' }
    expect(replacesOnReplay(stored(after), stored())).toBe(true)
    expect(
      replacesOnReplay(
        stored({ ...after, changedAt: '2026-10-01T10:00:00Z' }),
        stored({ changedAt: '2026-10-02T10:00:00Z' }),
      ),
    ).toBe(false)
  })
})

describe('observe', () => {
  const row = { ...seen(), page: '0199-b', status: 'pending' as const, contentHash: 'one' }
  const last = (over: Partial<LastObservation> = {}): LastObservation => ({
    ...seen(),
    page: '0199-b',
    contentHash: 'one',
    isProvisional: false,
    hasKnownStatus: true,
    ...over,
  })
  const later = { observedAt: '2026-11-03T10:00:00Z' }
  const unmapped = { ...row, status: 'unknown' as const, contentHash: 'two' }

  it.each([
    ['changed', 'a new transaction', row, null],
    ['changed', 'other content', { ...row, contentHash: 'two' }, last()],
    ['unchanged', 'the same content', row, last()],
    ['outdated', 'an earlier observation', row, last(later)],
    [
      'changed',
      'an earlier one of the API after a postback',
      row,
      last({ ...later, isProvisional: true }),
    ],
    ['changed', 'the same content after a postback', row, last({ isProvisional: true })],
    ['unmapped', 'an unmapped status after a known one', unmapped, last()],
    [
      'changed',
      'an unmapped status without a known one',
      unmapped,
      last({ hasKnownStatus: false }),
    ],
    ['changed', 'a new transaction with an unmapped status', unmapped, null],
  ])('returns %s for %s', (result, _case, given, stored) => {
    expect(observe({ seen: given, stored, isReplay: false })).toBe(result)
  })

  it('returns outdated for an earlier page of the same time that is replayed', () => {
    const earlier = { ...row, page: '0199-a', contentHash: 'two' }
    expect(observe({ seen: earlier, stored: last(), isReplay: true })).toBe('outdated')
    expect(observe({ seen: earlier, stored: last(), isReplay: false })).toBe('changed')
  })
})
