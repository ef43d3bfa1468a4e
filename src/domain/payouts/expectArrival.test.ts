import { expectArrival } from './expectArrival.ts'
import type { MethodKind } from './methodKinds.ts'

describe('expectArrival', () => {
  it.each<[MethodKind, string, string, string]>([
    ['upi', '2026-11-27', '2026-11-28', 'UPI pays on every day'],
    ['paypal', '2026-11-28', '2026-11-29', 'PayPal pays on every day'],
    ['gift-card', '2026-11-28', '2026-11-29', 'gift cards are issued on every day'],
    ['bank-in', '2026-11-24', '2026-11-25', 'Wednesday is a working day'],
    ['bank-in', '2026-11-27', '2026-11-30', 'Friday is followed by a weekend'],
    ['iban', '2026-11-27', '2026-11-30', 'Friday is followed by a weekend'],
    ['iban', '2026-11-28', '2026-11-30', 'Saturday is followed by a Sunday'],
    ['iban', '2026-11-29', '2026-11-30', 'Monday is a working day'],
  ])('%s sent on %s is expected on %s, because %s', (kind, sent, expected) => {
    const arrival = expectArrival(kind, new Date(`${sent}T10:00:00Z`))
    expect(arrival.toISOString()).toBe(`${expected}T10:00:00.000Z`)
  })
})
