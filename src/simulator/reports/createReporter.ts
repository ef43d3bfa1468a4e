import { setTimeout as wait } from 'node:timers/promises'

import { type Post, sendPost } from '../sendPost.ts'
import type { State } from '../state.ts'
import type { ProviderName } from '../types.ts'
import { msg91Posts } from './msg91Posts.ts'
import { sendgridPosts } from './sendgridPosts.ts'
import { twilioPosts } from './twilioPosts.ts'
import type { Posted, Report } from './types.ts'

export type Reporter = (reports: Report[], options?: { retries?: boolean }) => Promise<Posted[]>

const POSTS: Record<ProviderName, (reports: Report[], state: State) => Post[]> = {
  sendgrid: sendgridPosts,
  twilio: twilioPosts,
  msg91: msg91Posts,
}

/** SendGrid tries again for a day; here a minute is enough to see that it does. */
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000]

/**
 * Tells the product what became of messages, one request after the other, so that the order is
 * what was asked for. Empty where it is not known whereto. Only SendGrid ever tries again.
 */
export const createReporter =
  ({ signal, state }: { signal: AbortSignal; state: State }): Reporter =>
  async (reports, { retries = false } = {}) => {
    const posted: Posted[] = []
    for (const provider of new Set(reports.map(({ message }) => message.provider))) {
      const own = reports.filter(({ message }) => message.provider === provider)
      const delays = retries && provider === 'sendgrid' ? RETRY_MS : []
      for (const post of POSTS[provider](own, state)) {
        for (const delay of [0, ...delays]) {
          if (delay > 0) await wait(delay, undefined, { signal, ref: false }).catch(() => undefined)
          if (signal.aborted) return posted
          const status = await sendPost(post, signal)
          const entry = { provider, at: state.clock.now().toISOString(), url: post.url, status }
          state.reports.add(entry)
          posted.push(entry)
          if (status !== null && status < 300) break
        }
      }
      for (const { message, status } of own) message.reported = status
    }
    return posted
  }
