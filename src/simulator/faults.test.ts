import { createFaults } from './faults.ts'

const struckOf = (count: number, dial: object): boolean[] => {
  const faults = createFaults()
  faults.set({ provider: 'twilio', fault: 'slow', ...dial })
  return Array.from({ length: count }, () => faults.next('twilio') !== null)
}

describe('the dials of faults', () => {
  it('strike as often as asked, and then never', () => {
    expect(struckOf(4, { times: 2 })).toEqual([true, true, false, false])
  })

  it('strike until taken away when no number is given', () => {
    const faults = createFaults()
    faults.set({ provider: 'twilio', fault: 'slow' })
    expect(faults.next('twilio')).toMatchObject({ fault: 'slow' })
    expect(faults.next('twilio')).toMatchObject({ fault: 'slow' })
    faults.clear()
    expect(faults.next('twilio')).toBeNull()
  })

  it('strike one provider alone, and are cleared for one alone', () => {
    const faults = createFaults()
    faults.set({ provider: 'twilio', fault: 'slow' })
    faults.set({ provider: 'msg91', fault: 'slow' })
    expect(faults.next('sendgrid')).toBeNull()
    faults.clear('msg91')
    expect(faults.list()).toMatchObject([{ provider: 'twilio' }])
  })

  it('strike about as often as likely, and the same requests for the same seed', () => {
    const struck = struckOf(10_000, { probability: 0.2, seed: 5 })
    expect(struck.filter(Boolean).length / 10_000).toBeCloseTo(0.2, 1)
    expect(struckOf(10_000, { probability: 0.2, seed: 5 })).toEqual(struck)
    expect(struckOf(10_000, { probability: 0.2, seed: 6 })).not.toEqual(struck)
  })

  it('come one after the other', () => {
    const faults = createFaults()
    faults.set({ provider: 'twilio', fault: 'server-error', times: 1 })
    faults.set({ provider: 'twilio', fault: 'rate-limited', times: 1 })
    const met = [1, 2, 3].map(() => faults.next('twilio')?.fault)
    expect(met).toEqual(['server-error', 'rate-limited', undefined])
  })

  it('let as many pass first as asked', () => {
    expect(struckOf(4, { after: 2, times: 1 })).toEqual([false, false, true, false])
  })

  it('wait for a request that can show them', () => {
    const faults = createFaults()
    faults.set({ provider: 'twilio', fault: 'slow', times: 1 })
    expect(faults.next('twilio', () => false)).toBeNull()
    expect(faults.next('twilio', (fault) => fault === 'slow')).toMatchObject({ fault: 'slow' })
    expect(faults.next('twilio')).toBeNull()
  })
})
