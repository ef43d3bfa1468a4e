import { addressFor } from './addressFor.ts'

it.each([
  ['email', ' asha@example.in ', 'asha@example.in'],
  ['sms', '098450 66620', '+919845066620'],
  ['sms', '+1 415 555 2671', '+14155552671'],
] as const)('the %s address "%s" is %s', (channel, typed, address) => {
  expect(addressFor(channel, typed)).toBe(address)
})

it.each([
  ['email', '+919845066620'],
  ['email', 'asha@example.in, ravi@example.in'],
  ['email', 'asha@example.in\nBcc: ravi@example.in'],
  ['email', `${'a'.repeat(250)}@example.in`],
  ['email', ''],
  ['sms', 'asha@example.in'],
  ['sms', '+91 12345'],
  ['sms', ''],
] as const)('no address for %s: %j', (channel, typed) => {
  expect(() => addressFor(channel, typed)).toThrow(
    expect.objectContaining({
      code: 'messaging.invalid-address',
      details: { field: 'to' },
    }) as Error,
  )
})
