import { parseAddress } from './queueToAddress.ts'

it.each([
  ['email', ' asha@example.in ', 'asha@example.in'],
  ['sms', '098450 66620', '+919845066620'],
  ['sms', '+1 415 555 2671', '+14155552671'],
] as const)('parses the %s address "%s" as %s', (channel, typed, address) => {
  expect(parseAddress(channel, typed)).toBe(address)
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
] as const)('refuses as %s address: %j', (channel, typed) => {
  expect(() => parseAddress(channel, typed)).toThrow(
    expect.objectContaining({
      code: 'messaging.invalid-address',
      details: { field: 'to' },
    }) as Error,
  )
})
