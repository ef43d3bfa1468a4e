import { setTimeout as wait } from 'node:timers/promises'

import type { State } from '../state.ts'
import { type AnyFault, type Message, type ProviderName, PROVIDERS } from '../types.ts'
import type { Reporter } from './createReporter.ts'
import type { Report } from './types.ts'

/**
 * The number of reports that are sent together: in one batch of SendGrid, in one form of MSG91, or
 * as callbacks.
 */
const BATCH_SIZES: Record<ProviderName, number> = { sendgrid: 500, twilio: 10, msg91: 100 }
const MAX_QUEUED = 200_000

type Due = Report & { dueAt: number }

/**
 * Creates the automatic reports on accepted messages: `delivered` if enabled, `opted-out` always.
 */
export const createAutoDelivery = ({
  report,
  signal,
  state,
}: {
  report: Reporter
  signal: AbortSignal
  state: State
}) => {
  const queues: Record<ProviderName, Due[]> = { sendgrid: [], twilio: [], msg91: [] }
  const running = new Set<ProviderName>()

  const drain = async (name: ProviderName): Promise<void> => {
    const queue = queues[name]
    while (queue[0] && !signal.aborted) {
      const delay = Math.max(0, queue[0].dueAt - Date.now())
      if (delay > 0) {
        await wait(delay, undefined, { signal, ref: false }).catch(() => undefined)
        continue
      }
      const next = queue.slice(0, BATCH_SIZES[name])
      const later = next.findIndex(({ dueAt }) => dueAt > Date.now())
      const due = queue.splice(0, later < 0 ? next.length : later)
      // Each callback is a request of its own, and callbacks of two messages need not wait for each
      // other.
      const batches = name === 'twilio' ? due.map((each) => [each]) : [due]
      await Promise.all(batches.map((batch) => report(batch, { retries: true })))
    }
    running.delete(name)
  }

  return {
    accepted: (messages: Message[], fault: AnyFault | null): void => {
      const { delayMs, enabled } = state.autoDeliver
      if (!enabled && fault !== 'opted-out') return
      for (const message of messages) {
        const { provider } = message
        if (queues[provider].length >= MAX_QUEUED) continue
        const dueAt = Date.now() + delayMs
        queues[provider].push({ message, dueAt, ...chooseStatus(provider, fault) })
        if (running.has(provider)) continue
        running.add(provider)
        void drain(provider)
      }
    },
    reset: () => {
      for (const name of PROVIDERS) queues[name].length = 0
    },
  }
}

/** SendGrid accepts a mail to an address that opted out, and drops it. */
const chooseStatus = (provider: ProviderName, fault: AnyFault | null): Omit<Report, 'message'> => {
  if (fault !== 'opted-out') return { status: 'delivered' }
  return { status: 'opted-out', ...(provider === 'sendgrid' ? { code: 'dropped' } : {}) }
}
