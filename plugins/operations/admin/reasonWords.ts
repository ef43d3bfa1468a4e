const WORDS: Record<string, string> = {
  'no-provider': 'No provider is set up',
  'not-rendered': 'The text could not be written',
  'outcome-unknown': 'Nobody knows whether it arrived',
  'worker-lost': 'Its worker went away while it was sent',
  stopped: 'The worker stopped before the answer',
  timeout: 'The provider did not answer in time',
}
const USED_UP = 'attempts-used-up: '

/**
 * Why a message was not sent, in plain words; the code stands beside it.
 *
 * @example reasonWords('attempts-used-up: http-503') // 'The provider had a fault, each time'
 */
export const reasonWords = (reason: string | null): string => {
  if (reason === null) return 'Nobody knows why'
  if (reason.startsWith(USED_UP)) return `${reasonWords(reason.slice(USED_UP.length))}, each time`
  const known = WORDS[reason]
  if (known) return known
  if (/^http-(429|5)/.test(reason)) return 'The provider had a fault'
  if (/^(E[A-Z]+|UND_ERR_\w+)$/.test(reason)) return 'The provider could not be reached'
  return 'The provider refused it'
}
