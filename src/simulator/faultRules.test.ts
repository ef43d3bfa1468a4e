import { createFaultRules } from './faultRules.ts'

const applied = (count: number, rule: object): boolean[] => {
  const faults = createFaultRules()
  faults.set({ provider: 'twilio', fault: 'slow', ...rule })
  return Array.from({ length: count }, () => faults.next('twilio') !== null)
}

describe('fault rules', () => {
  it('apply as often as set, and then never', () => {
    expect(applied(4, { times: 2 })).toEqual([true, true, false, false])
  })

  it('apply until they are cleared when no number is set', () => {
    const faults = createFaultRules()
    faults.set({ provider: 'twilio', fault: 'slow' })
    expect(faults.next('twilio')).toMatchObject({ fault: 'slow' })
    expect(faults.next('twilio')).toMatchObject({ fault: 'slow' })
    faults.clear()
    expect(faults.next('twilio')).toBeNull()
  })

  it('apply to one provider, and can be cleared for one provider', () => {
    const faults = createFaultRules()
    faults.set({ provider: 'twilio', fault: 'slow' })
    faults.set({ provider: 'msg91', fault: 'slow' })
    expect(faults.next('sendgrid')).toBeNull()
    faults.clear('msg91')
    expect(faults.list()).toMatchObject([{ provider: 'twilio' }])
  })

  it('apply with about the set probability, and to the same requests for the same seed', () => {
    const first = applied(10_000, { probability: 0.2, seed: 5 })
    expect(first.filter(Boolean).length / 10_000).toBeCloseTo(0.2, 1)
    expect(applied(10_000, { probability: 0.2, seed: 5 })).toEqual(first)
    expect(applied(10_000, { probability: 0.2, seed: 6 })).not.toEqual(first)
  })

  it('apply one after another', () => {
    const faults = createFaultRules()
    faults.set({ provider: 'twilio', fault: 'server-error', times: 1 })
    faults.set({ provider: 'twilio', fault: 'rate-limited', times: 1 })
    const met = [1, 2, 3].map(() => faults.next('twilio')?.fault)
    expect(met).toEqual(['server-error', 'rate-limited', undefined])
  })

  it('let the set number of requests pass first', () => {
    expect(applied(4, { after: 2, times: 1 })).toEqual([false, false, true, false])
  })

  it('wait for a request that can show their fault', () => {
    const faults = createFaultRules()
    faults.set({ provider: 'twilio', fault: 'slow', times: 1 })
    expect(faults.next('twilio', () => false)).toBeNull()
    expect(faults.next('twilio', (fault) => fault === 'slow')).toMatchObject({ fault: 'slow' })
    expect(faults.next('twilio')).toBeNull()
  })
})
