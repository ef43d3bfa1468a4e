import { checkAnswer } from './claimAnswer.ts'

it.each([
  ['nothing', '', /^Too short/],
  ['spaces alone', '       ', /^Too short/],
  ['four letters with spaces around', '  none  ', /^Too short: write at least 5 /],
  ['501 letters', 'x'.repeat(501), /^Too long by 1: write at most 500 /],
])('%s is refused as an answer to a claim, with the reason', (_what, text, message) => {
  expect(checkAnswer(text)).toMatch(message)
})

it.each([
  ['five letters', 'Never'],
  ['500 letters with spaces around', ` ${'x'.repeat(500)} `],
])('%s are accepted as an answer to a claim', (_what, text) => {
  expect(checkAnswer(text)).toBeNull()
})
