import { answerProblem } from './claimAnswer.ts'

it.each([
  ['nothing', '', /^Too short/],
  ['spaces alone', '       ', /^Too short/],
  ['four letters with spaces around', '  none  ', /^Too short: write at least 5 /],
  ['501 letters', 'x'.repeat(501), /^Too long by 1: write at most 500 /],
])('%s is no answer to a claim, and why is told', (_what, text, words) => {
  expect(answerProblem(text)).toMatch(words)
})

it.each([
  ['five letters', 'Never'],
  ['500 letters with spaces around', ` ${'x'.repeat(500)} `],
])('%s are one', (_what, text) => {
  expect(answerProblem(text)).toBeNull()
})
