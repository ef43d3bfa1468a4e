import { labelOf } from './labels.ts'

it.each([
  ['partly-reversed', 'Partly reversed'],
  ['otp', 'OTP'],
  ['no-sms-today', 'No SMS today'],
  ['laptop', 'Laptop'],
])('%s reads: %s', (name, word) => {
  expect(labelOf(name)).toBe(word)
})
