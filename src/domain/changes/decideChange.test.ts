import { findEffectTime, isBeingSetUp } from './decideChange.ts'

describe('a new installation', () => {
  it.each([
    ['without any account', { staff: 0, admins: 0, hasMoney: false }, true],
    ['with its only admin', { staff: 1, admins: 1, hasMoney: false }, true],
    ['with a second staff account', { staff: 2, admins: 1, hasMoney: false }, false],
    ['with money', { staff: 1, admins: 1, hasMoney: true }, false],
  ])('%s: is it set up freely? %#', (_case, installation, isFree) => {
    expect(isBeingSetUp(installation)).toBe(isFree)
  })
})

describe('a change that waits', () => {
  const now = new Date('2026-11-10T12:00:00Z')

  it('of the only admin takes effect after the cool-down', () => {
    const installation = { staff: 3, admins: 1, hasMoney: true }
    expect(findEffectTime(installation, { coolDownDays: 3, now })).toEqual(
      new Date('2026-11-13T12:00:00Z'),
    )
  })

  it('takes no effect by itself where there is a second admin', () => {
    const installation = { staff: 3, admins: 2, hasMoney: true }
    expect(findEffectTime(installation, { coolDownDays: 3, now })).toBeNull()
  })
})
