import { DomainError } from '../src/domain/errors.ts'
import { REASON_WORDS, reasonOf } from '../src/domain/reason.ts'

/**
 * Why somebody does something that is audited with its reason.
 *
 * @throws DomainError `audit.reason-required`
 */
export const reasonIn = ({ reason: given }: { reason?: unknown }): string => {
  const reason = typeof given === 'string' ? reasonOf(given) : null
  if (reason !== null) return reason
  throw new DomainError('audit.reason-required', `Give a reason of ${REASON_WORDS}.`, {
    field: 'reason',
  })
}
