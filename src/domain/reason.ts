/** The length of a reason for an audited action, without surrounding spaces. */
const REASON_LENGTH = { min: 5, max: 500 } as const

/** The rule for a message: "Give a reason of …". */
export const REASON_RULE = `${REASON_LENGTH.min} to ${REASON_LENGTH.max} characters`

/**
 * Returns a reason without surrounding spaces; null if it is too short or too long.
 *
 * @example checkReason(' ok ') // null
 */
export const checkReason = (given: string): string | null => {
  const reason = given.trim()
  const { max, min } = REASON_LENGTH
  return reason.length >= min && reason.length <= max ? reason : null
}
