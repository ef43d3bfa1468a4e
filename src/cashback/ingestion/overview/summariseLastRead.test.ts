import { type BriefRun, summariseLastRead } from './summariseLastRead.ts'

const buildRun = (over: Partial<BriefRun> = {}): BriefRun => ({
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

describe('summariseLastRead', () => {
  it('counts each transaction once: new, changed or unchanged', () => {
    expect(summariseLastRead([buildRun()])).toEqual({ created: 2, changed: 3, same: 5 })
  })

  it('sums the consecutive windows of one read, and leaves out earlier reads', () => {
    const later = buildRun({ startedAt: '2026-11-20T02:01:05Z', endedAt: '2026-11-20T02:02:00Z' })
    const before = buildRun({ startedAt: '2026-11-19T02:00:00Z', endedAt: '2026-11-19T02:01:00Z' })
    expect(summariseLastRead([later, buildRun(), before])).toEqual({
      created: 4,
      changed: 6,
      same: 10,
    })
  })

  it('leaves out replays', () => {
    const replay = buildRun({ windowBy: 'replay', rows: 99, startedAt: '2026-11-20T02:01:05Z' })
    expect(summariseLastRead([replay, buildRun()])?.same).toBe(5)
  })

  it('leaves out a run that has not ended', () => {
    const running = buildRun({ status: 'running', endedAt: null, rows: 99 })
    expect(summariseLastRead([running, buildRun()])?.same).toBe(5)
  })

  it.each([
    [[]],
    [[buildRun({ status: 'failed' }), buildRun()]],
    [[buildRun({ status: 'stopped' })]],
  ])('returns null if the last read did not complete', (runs) => {
    expect(summariseLastRead(runs)).toBeNull()
  })
})
