import { isLater, isReread, type Observation } from './sale.ts'

const seen = (over: Partial<Observation> = {}): Observation => ({
  status: 'pending',
  changedAt: null,
  observedAt: '2026-11-02T10:00:00.000Z',
  ...over,
})

describe('isLater', () => {
  it('goes by the instant, however it is written', () => {
    const told = { changedAt: '2026-11-01T10:00:00.000Z' }
    const kept = { changedAt: '2026-11-01T15:30:00+05:30' }
    const later = { observedAt: '2026-11-02T10:00:00.001Z' }
    expect(isLater(seen({ ...told, ...later }), seen(kept))).toBe(true)
    expect(isLater(seen(told), seen({ ...kept, ...later }))).toBe(false)
    expect(isLater(seen(told), seen(kept))).toBe(false)
    expect(
      isLater(seen({ status: 'approved' }), seen({ observedAt: '2026-11-02T10:00:00+00:00' })),
    ).toBe(true)
  })

  it('believes the network’s own time before ours', () => {
    const old = seen({ changedAt: '2026-11-01T10:00:00Z', observedAt: '2026-11-09T10:00:00Z' })
    expect(isLater(old, seen({ changedAt: '2026-11-01T10:00:01Z' }))).toBe(false)
  })
})

describe('isReread', () => {
  it('lets the same observation, read anew, take its own place', () => {
    const wrong = seen({ status: 'paid', changedAt: '2026-11-02T10:00:00Z' })
    expect(isReread(seen({ changedAt: '2026-11-01T10:00:00Z' }), wrong)).toBe(true)
  })

  it('lets none that was made before, whatever it says now', () => {
    const mended = seen({ changedAt: '2026-11-03T10:00:00Z', observedAt: '2026-11-01T10:00:00Z' })
    expect(isReread(mended, seen({ changedAt: '2026-11-02T10:00:00Z' }))).toBe(false)
  })

  it('treats one that was made after as any other', () => {
    const after = { observedAt: '2026-11-03T10:00:00Z' }
    expect(isReread(seen(after), seen())).toBe(true)
    expect(
      isReread(
        seen({ ...after, changedAt: '2026-10-01T10:00:00Z' }),
        seen({ changedAt: '2026-10-02T10:00:00Z' }),
      ),
    ).toBe(false)
  })
})
