import { labelOf } from './labels.ts'

it.each([
  ['partly-reversed', 'Partly reversed'],
  ['otp', 'OTP'],
  ['no-sms-today', 'No SMS today'],
  ['laptop', 'Laptop'],
])('the label of %s is %s', (name, label) => {
  expect(labelOf(name)).toBe(label)
})
