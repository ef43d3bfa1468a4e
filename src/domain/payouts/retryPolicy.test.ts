import { decideRetry, type Remedy } from './retryPolicy.ts'
import { checkTransition } from './withdrawalStates.ts'

const failedAt = new Date('2026-11-10T12:00:00Z')

describe('decideRetry', () => {
  it.each([
    [1, '2026-11-10T12:15:00Z'],
    [2, '2026-11-10T14:00:00Z'],
    [3, '2026-11-11T00:00:00Z'],
  ])('tries again after attempt %d that may work later, at %s', (attempts, at) => {
    const decision = decideRetry({ remedy: 'later', attempts, failedAt })
    expect(decision).toEqual({ kind: 'retry', to: 'approved', at: new Date(at) })
  })

  it.each([4, 5, 100])('fails for good after attempt %d', (attempts) => {
    const decision = decideRetry({ remedy: 'later', attempts, failedAt })
    expect(decision).toEqual({ kind: 'fail', to: 'failed', reason: 'too-many-attempts' })
  })

  it('waits for an operator whatever the number of attempts', () => {
    for (const attempts of [1, 4]) {
      const decision = decideRetry({ remedy: 'operator', attempts, failedAt })
      expect(decision).toEqual({ kind: 'wait', to: 'approved', reason: 'operator' })
    }
  })

  it.each<[Remedy, string, string]>([
    ['fix', 'fix', 'the member has to correct the method'],
    ['never', 'never', 'it cannot work'],
    [null, 'never', 'there is no advice, and the member can ask again'],
  ])('fails at once for the advice %s, because %3$s', (remedy, reason) => {
    const decision = decideRetry({ remedy, attempts: 1, failedAt })
    expect(decision).toEqual({ kind: 'fail', to: 'failed', reason })
  })

  it('leads to a status that may follow a sent withdrawal', () => {
    for (const remedy of ['later', 'operator', 'fix', 'never', null] as const) {
      const { to } = decideRetry({ remedy, attempts: 1, failedAt })
      expect(checkTransition('sent', to, 'machine')).toBeNull()
      expect(checkTransition('in-doubt', to, 'machine')).toBeNull()
    }
  })
})
