const REASONS: Record<string, string> = {
  'no-provider': 'No provider is set up',
  'not-rendered': 'The text could not be rendered',
  'outcome-unknown': 'It is unknown whether it arrived',
  'worker-lost': 'Its worker was lost while it was sent',
  stopped: 'The worker stopped before the provider answered',
  timeout: 'The provider did not answer in time',
}
const USED_UP = 'attempts-used-up: '

/**
 * Why a message was not sent, as text beside the code.
 *
 * @example describeReason('attempts-used-up: http-503') // 'The provider had an error, each time'
 */
export const describeReason = (reason: string | null): string => {
  if (reason === null) return 'No reason was recorded'
  if (reason.startsWith(USED_UP))
    return `${describeReason(reason.slice(USED_UP.length))}, each time`
  const known = REASONS[reason]
  if (known) return known
  if (/^http-(429|5)/.test(reason)) return 'The provider had an error'
  if (/^(E[A-Z]+|UND_ERR_\w+)$/.test(reason)) return 'The provider could not be reached'
  return 'The provider refused it'
}
