import { createId, type Payment } from './createBank.ts'
import { sendPost } from '../sendPost.ts'
import type { State } from '../state.ts'

export type PayoutWebhooks = {
  /** Resolves when everything that was announced so far is sent. */
  untilSent: () => Promise<void>
}

/**
 * Creates the sender of payout webhooks: one for each change of a payment, in order and one after
 * another. A webhook that is not received is not repeated. A repetition is the same event, byte for
 * byte.
 */
export const createPayoutWebhooks = ({
  signal,
  state,
}: {
  signal: AbortSignal
  state: State
}): PayoutWebhooks => {
  let sending = Promise.resolve()

  const send = async (payment: Payment): Promise<void> => {
    const provider = state.payoutProviders.find(({ name }) => name === payment.provider)
    const target = state.payoutWebhooks[payment.provider]
    if (!provider || !target) return
    const baseUrl = state.payoutBaseUrls.get(provider.name) ?? provider.basePath
    const now = state.clock.now()
    const context = { target, now, eventId: createId('evt_'), baseUrl }
    for (const post of provider.buildPosts(payment, context)) {
      for (let left = payment.duplicates; left >= 0 && !signal.aborted; left -= 1) {
        state.sentWebhooks.add({
          provider: provider.name,
          key: payment.key,
          state: payment.state,
          at: now.toISOString(),
          url: post.url,
          status: await sendPost(post, signal),
        })
      }
    }
  }

  state.bank.onChange(({ payment }) => {
    // As it is now: it may change again before this webhook is sent.
    const present = { ...payment }
    sending = sending.then(() => send(present))
  })
  return { untilSent: () => sending }
}
