import { type BriefRun, lastReadOf } from './lastReadOf.ts'

const aRun = (over: Partial<BriefRun> = {}): BriefRun => ({
  status: 'completed',
  windowBy: 'event',
  startedAt: '2026-11-20T02:00:00Z',
  endedAt: '2026-11-20T02:01:00Z',
  rows: 10,
  created: 2,
  changed: 5,
  errorCode: null,
  ...over,
})

describe('what the last read brought', () => {
  it('names each sale once: new, changed or as it was', () => {
    expect(lastReadOf([aRun()])).toEqual({ created: 2, changed: 3, same: 5 })
  })

  it('is the sum over the windows that followed each other, and of no earlier read', () => {
    const later = aRun({ startedAt: '2026-11-20T02:01:05Z', endedAt: '2026-11-20T02:02:00Z' })
    const before = aRun({ startedAt: '2026-11-19T02:00:00Z', endedAt: '2026-11-19T02:01:00Z' })
    expect(lastReadOf([later, aRun(), before])).toEqual({ created: 4, changed: 6, same: 10 })
  })

  it('leaves out pages that were read again from our copies', () => {
    const replay = aRun({ windowBy: 'replay', rows: 99, startedAt: '2026-11-20T02:01:05Z' })
    expect(lastReadOf([replay, aRun()])?.same).toBe(5)
  })

  it('leaves out what still runs', () => {
    const running = aRun({ status: 'running', endedAt: null, rows: 99 })
    expect(lastReadOf([running, aRun()])?.same).toBe(5)
  })

  it.each([[[]], [[aRun({ status: 'failed' }), aRun()]], [[aRun({ status: 'stopped' })]]])(
    'is nothing where the last read did not end well',
    (runs) => {
      expect(lastReadOf(runs)).toBeNull()
    },
  )
})
