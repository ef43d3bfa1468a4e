const MIN_ANSWER_LENGTH = 5

/** The maximum length of an answer to a claim, without the spaces around it. */
export const MAX_ANSWER_LENGTH = 500
export const ANSWER_RULE = `Give an answer of ${MIN_ANSWER_LENGTH} to ${MAX_ANSWER_LENGTH} characters; the member reads it.`

/** Checks an answer to a claim. Returns a message for its author; null if the answer is valid. */
export const checkAnswer = (text: string): string | null => {
  const { length } = text.trim()
  if (length < MIN_ANSWER_LENGTH)
    return `Too short: write at least ${MIN_ANSWER_LENGTH} characters.`
  if (length <= MAX_ANSWER_LENGTH) return null
  return `Too long by ${length - MAX_ANSWER_LENGTH}: write at most ${MAX_ANSWER_LENGTH} characters.`
}
