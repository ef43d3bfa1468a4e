import { setTimeout as wait } from 'node:timers/promises'

import type { State } from '../state.ts'
import { type AnyFault, type Message, type ProviderName, PROVIDERS } from '../types.ts'
import type { Reporter } from './createReporter.ts'
import type { Report } from './types.ts'

/** How many reports go at once: a batch of SendGrid's, a form of MSG91's, or so many callbacks. */
const AT_ONCE: Record<ProviderName, number> = { sendgrid: 500, twilio: 10, msg91: 100 }
const QUEUED = 200_000

type Due = Report & { dueAt: number }

/** Reports on accepted messages by itself: delivered when that is asked for, opted out always. */
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
      const next = queue.slice(0, AT_ONCE[name])
      const later = next.findIndex(({ dueAt }) => dueAt > Date.now())
      const due = queue.splice(0, later < 0 ? next.length : later)
      // Callbacks are requests of their own, and those of two messages need not wait for another.
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
        if (queues[provider].length >= QUEUED) continue
        const dueAt = Date.now() + delayMs
        queues[provider].push({ message, dueAt, ...wordsOf(provider, fault) })
        if (running.has(provider)) continue
        running.add(provider)
        void drain(provider)
      }
    },
    forget: () => {
      for (const name of PROVIDERS) queues[name].length = 0
    },
  }
}

/** Whoever is on SendGrid's list of opt-outs is accepted, and dropped. */
const wordsOf = (provider: ProviderName, fault: AnyFault | null): Omit<Report, 'message'> => {
  if (fault !== 'opted-out') return { status: 'delivered' }
  return { status: 'opted-out', ...(provider === 'sendgrid' ? { code: 'dropped' } : {}) }
}
