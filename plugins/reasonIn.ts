import { DomainError } from '../src/domain/errors.ts'

const SHORTEST = 5
const LONGEST = 500

/**
 * Why somebody does something that is audited with its reason.
 *
 * @throws DomainError `audit.reason-required`
 */
export const reasonIn = ({ reason: given }: { reason?: unknown }): string => {
  const reason = typeof given === 'string' ? given.trim() : ''
  if (reason.length >= SHORTEST && reason.length <= LONGEST) return reason
  throw new DomainError(
    'audit.reason-required',
    `Give a reason of ${SHORTEST} to ${LONGEST} characters.`,
    { field: 'reason' },
  )
}
