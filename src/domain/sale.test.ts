import { isNews, isReread, type Observation, type StoredObservation } from './sale.ts'

const seen = (over: Partial<Observation> = {}): Observation => ({
  changedAt: null,
  observedAt: '2026-11-02T10:00:00.000Z',
  ...over,
})

describe('isNews', () => {
  it('goes by the instant, however it is written', () => {
    const told = { changedAt: '2026-11-01T10:00:00.000Z' }
    const kept = { changedAt: '2026-11-01T15:30:00+05:30' }
    const later = { observedAt: '2026-11-02T10:00:00.001Z' }
    expect(isNews(seen({ ...told, ...later }), seen(kept))).toBe(true)
    expect(isNews(seen(told), seen({ ...kept, ...later }))).toBe(false)
  })

  it('of two of one time is the one that is stored later', () => {
    const told = { changedAt: '2026-11-01T10:00:00Z' }
    expect(isNews(seen(), seen({ observedAt: '2026-11-02T10:00:00+00:00' }))).toBe(true)
    expect(isNews(seen(told), seen(told))).toBe(true)
    expect(isNews(seen(told), seen())).toBe(true)
  })

  it('believes the network’s own time before ours', () => {
    const old = seen({ changedAt: '2026-11-01T10:00:00Z', observedAt: '2026-11-09T10:00:00Z' })
    expect(isNews(old, seen({ changedAt: '2026-11-01T10:00:01Z' }))).toBe(false)
  })
})

describe('isReread', () => {
  const stored = (over: Partial<StoredObservation> = {}): StoredObservation => ({
    ...seen(),
    page: '0199-b',
    ...over,
  })

  it('lets the same observation, read anew, take its own place', () => {
    const wrong = stored({ changedAt: '2026-11-02T10:00:00Z' })
    expect(isReread(stored({ changedAt: '2026-11-01T10:00:00Z' }), wrong)).toBe(true)
  })

  it('lets none of another page of that time, but for one that was stored later', () => {
    expect(isReread(stored({ page: '0199-a' }), stored())).toBe(false)
    expect(isReread(stored({ page: '0199-c' }), stored())).toBe(true)
    const told = { page: '0199-c', changedAt: '2026-11-01T10:00:00Z' }
    expect(isReread(stored(told), stored({ changedAt: '2026-11-01T10:00:01Z' }))).toBe(false)
  })

  it('lets none that was made before, whatever it says now', () => {
    const mended = stored({ changedAt: '2026-11-03T10:00:00Z', observedAt: '2026-11-01T10:00:00Z' })
    expect(isReread(mended, stored({ changedAt: '2026-11-02T10:00:00Z' }))).toBe(false)
  })

  it('treats one that was made after as any other', () => {
    const after = { observedAt: '2026-11-03T10:00:00Z' }
    expect(isReread(stored(after), stored())).toBe(true)
    expect(
      isReread(
        stored({ ...after, changedAt: '2026-10-01T10:00:00Z' }),
        stored({ changedAt: '2026-10-02T10:00:00Z' }),
      ),
    ).toBe(false)
  })
})
