import type { Outcome } from '../types.ts'
import { outcomeOfFailure } from './outcomeOfFailure.ts'

/** How long a provider may take unless a setting says otherwise. */
const TIMEOUT_MS = 10_000

type Exchange<Answer> = {
  /** The recipient; what a provider says of it is stored and shown, the address itself is not. */
  to: string
  signal: AbortSignal
  timeoutMs?: number | undefined
  /** One request and its complete reply. Must end when the signal says so. */
  ask: (deadline: AbortSignal) => Promise<Answer>
  judge: (answer: Answer) => Outcome
}

/**
 * Asks a provider once, within one deadline from the connection to the reply's last byte, and never
 * throws: a reply is judged, everything else is a failure of which only some are known not to have
 * reached the provider.
 */
export const exchange = async <Answer>(options: Exchange<Answer>): Promise<Outcome> => {
  const { ask, judge, signal, timeoutMs = TIMEOUT_MS, to } = options
  if (signal.aborted) return { kind: 'retry', code: 'stopped', detail: 'not sent' }

  const deadline = new AbortController()
  const stop = () => deadline.abort('stopped')
  const timer = setTimeout(() => deadline.abort('timeout'), timeoutMs)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return withoutAddress(judge(await ask(deadline.signal)), to)
  } catch (error) {
    return withoutAddress(outcomeOfFailure({ error, deadline: deadline.signal }), to)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

const DETAIL_LENGTH = 200

const withoutAddress = (outcome: Outcome, to: string): Outcome => {
  if (outcome.kind === 'accepted') return outcome
  const address = new RegExp(`\\+?${escaped(to.replace(/^\+/, ''))}`, 'gi')
  const detail = outcome.detail.replaceAll(address, '…').slice(0, DETAIL_LENGTH)
  return { ...outcome, detail }
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
