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
  it('compares instants in any notation', () => {
    const reported = { changedAt: '2026-11-01T10:00:00.000Z' }
    const kept = { changedAt: '2026-11-01T15:30:00+05:30' }
    const later = { observedAt: '2026-11-02T10:00:00.001Z' }
    expect(supersedes(seen({ ...reported, ...later }), seen(kept))).toBe(true)
    expect(supersedes(seen(reported), seen({ ...kept, ...later }))).toBe(false)
  })

  it('prefers the one stored later, of two with equal times', () => {
    const reported = { changedAt: '2026-11-01T10:00:00Z' }
    expect(supersedes(seen(), seen({ observedAt: '2026-11-02T10:00:00+00:00' }))).toBe(true)
    expect(supersedes(seen(reported), seen(reported))).toBe(true)
    expect(supersedes(seen(reported), seen())).toBe(true)
  })

  it('prefers the network’s time of change to our time of reading', () => {
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

  it('is true for the same observation, read again', () => {
    const wrong = stored({ changedAt: '2026-11-02T10:00:00Z' })
    expect(replacesOnReplay(stored({ changedAt: '2026-11-01T10:00:00Z' }), wrong)).toBe(true)
  })

  it('is true for another page of the same time only if it was stored later', () => {
    expect(replacesOnReplay(stored({ page: '0199-a' }), stored())).toBe(false)
    expect(replacesOnReplay(stored({ page: '0199-c' }), stored())).toBe(true)
    const reported = { page: '0199-c', changedAt: '2026-11-01T10:00:00Z' }
    expect(replacesOnReplay(stored(reported), stored({ changedAt: '2026-11-01T10:00:01Z' }))).toBe(
      false,
    )
  })

  it('is false for an earlier observation, also with a later time of change', () => {
    const corrected = stored({
      changedAt: '2026-11-03T10:00:00Z',
      observedAt: '2026-11-01T10:00:00Z',
    })
    expect(replacesOnReplay(corrected, stored({ changedAt: '2026-11-02T10:00:00Z' }))).toBe(false)
  })

  it('compares a later observation as in a run', () => {
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
      'an earlier observation of the API after a postback',
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
