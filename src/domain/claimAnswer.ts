const SHORTEST = 5

/** Letters of an answer to a claim, at most, without the spaces around it. */
export const LONGEST_ANSWER = 500
export const ANSWER_RULE = `Give an answer of ${SHORTEST} to ${LONGEST_ANSWER} characters; the member reads it.`

/** Why a text is no answer to a claim, for whoever writes it; null where it is one. */
export const answerProblem = (text: string): string | null => {
  const { length } = text.trim()
  if (length < SHORTEST) return `Too short: write at least ${SHORTEST} characters.`
  if (length <= LONGEST_ANSWER) return null
  return `Too long by ${length - LONGEST_ANSWER}: write at most ${LONGEST_ANSWER} characters.`
}
