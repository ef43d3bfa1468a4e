import { DomainError } from '../../src/domain/errors.ts'
import { REASON_RULE, checkReason } from '../../src/domain/reason.ts'

/**
 * Returns the reason in the body of an audited action.
 *
 * @throws DomainError `audit.reason-required`
 */
export const requireReason = ({ reason: given }: { reason?: unknown }): string => {
  const reason = typeof given === 'string' ? checkReason(given) : null
  if (reason !== null) return reason
  throw new DomainError('audit.reason-required', `Give a reason of ${REASON_RULE}.`, {
    field: 'reason',
  })
}
