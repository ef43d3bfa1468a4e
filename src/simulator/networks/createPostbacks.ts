import { type Post, sendPost } from '../sendPost.ts'
import type { State } from '../state.ts'
import type { Transaction } from './scenario/types.ts'
import type { Network, PostbackForm, PostbackMethod, SentPostback } from './types.ts'

type PostbackRequest = {
  network: Network
  transaction: Transaction
  /** With everything that the product put into it, such as a secret. */
  url: string
  method?: PostbackMethod | undefined
  /** The number of repetitions. */
  duplicates?: number | undefined
}

export type SendPostback = (request: PostbackRequest) => Promise<SentPostback[]>

/**
 * Creates the sender of postbacks. It sends a transaction to the product as its network would, one
 * request after another.
 */
export const createPostbacks =
  ({ signal, state }: { signal: AbortSignal; state: State }): SendPostback =>
  async ({ duplicates = 0, network, transaction, url, ...request }) => {
    const { postback } = network
    const method = request.method ?? postback.method
    const fields = postback.fields(transaction)
    const post = buildPost({ fields, method, postsIn: postback.postsIn, url })
    const posted: SentPostback[] = []
    for (let left = duplicates; left >= 0 && !signal.aborted; left -= 1) {
      const entry: SentPostback = {
        network: network.name,
        order: transaction.order,
        at: state.clock.now().toISOString(),
        method,
        url,
        fields,
        status: await sendPost(post, signal),
      }
      state.postbacks.add(entry)
      posted.push(entry)
    }
    return posted
  }

type Form = {
  fields: Record<string, string>
  method: PostbackMethod
  postsIn: PostbackForm['postsIn']
  url: string
}

const buildPost = ({ fields, method, postsIn, url }: Form): Post => {
  if (method === 'POST' && postsIn === 'form') {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return { url, method, headers, body: new URLSearchParams(fields).toString() }
  }
  const full = new URL(url)
  for (const [name, value] of Object.entries(fields)) full.searchParams.set(name, value)
  return { url: full.href, method, headers: {} }
}
