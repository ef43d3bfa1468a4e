import { setTimeout as wait } from 'node:timers/promises'

import { type Post, sendPost } from '../sendPost.ts'
import type { State } from '../state.ts'
import type { ProviderName } from '../types.ts'
import { buildMsg91Posts } from './buildMsg91Posts.ts'
import { buildSendgridPosts } from './buildSendgridPosts.ts'
import { buildTwilioPosts } from './buildTwilioPosts.ts'
import type { SentReport, Report } from './types.ts'

export type Reporter = (reports: Report[], options?: { retries?: boolean }) => Promise<SentReport[]>

const POSTS: Record<ProviderName, (reports: Report[], state: State) => Post[]> = {
  sendgrid: buildSendgridPosts,
  twilio: buildTwilioPosts,
  msg91: buildMsg91Posts,
}

/** SendGrid retries for a day; the simulator retries for a minute. */
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000]

/**
 * Creates the sender of delivery reports. It sends one request after another, in the given order,
 * and returns what was sent: nothing if no webhook is set. Only SendGrid retries.
 */
export const createReporter =
  ({ signal, state }: { signal: AbortSignal; state: State }): Reporter =>
  async (reports, { retries = false } = {}) => {
    const posted: SentReport[] = []
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
