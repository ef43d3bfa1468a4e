import { describeReason } from './describeReason.ts'

it.each([
  ['attempts-used-up: http-503', 'The provider had an error, each time'],
  ['http-400', 'The provider refused it'],
  ['ECONNREFUSED', 'The provider could not be reached'],
  ['outcome-unknown', 'It is unknown whether it arrived'],
  [null, 'No reason was recorded'],
])('the reason %s is described as %s', (reason, text) => {
  expect(describeReason(reason)).toBe(text)
})
