/** How long a text is that somebody gives for a deed that is audited, without the spaces around it. */
const REASON_LENGTH = { least: 5, most: 500 } as const

/** The rule in words. */
export const REASON_WORDS = `${REASON_LENGTH.least} to ${REASON_LENGTH.most} characters`

/**
 * A reason without the spaces around it; null where it is too short or too long.
 *
 * @example reasonOf(' ok ') // null
 */
export const reasonOf = (given: string): string | null => {
  const reason = given.trim()
  const { least, most } = REASON_LENGTH
  return reason.length >= least && reason.length <= most ? reason : null
}
