import { type Post, sendPost } from '../../sendPost.ts'
import type { State } from '../../state.ts'
import type { Sale } from '../truth/types.ts'
import type { Network, PostbackForm, PostbackMethod } from '../types.ts'
import type { PostedBack } from './types.ts'

type Told = {
  network: Network
  sale: Sale
  /** With whatever the product put into it, such as a secret. */
  url: string
  method?: PostbackMethod | undefined
  /** How often it comes again. */
  duplicates?: number | undefined
}

export type Postbacks = (told: Told) => Promise<PostedBack[]>

/** Tells the product of a sale as its network would, now; one request after the other. */
export const createPostbacks =
  ({ signal, state }: { signal: AbortSignal; state: State }): Postbacks =>
  async ({ duplicates = 0, network, sale, url, ...told }) => {
    const { postback } = network
    const method = told.method ?? postback.method
    const fields = postback.fields(sale)
    const post = postOf({ fields, method, postsIn: postback.postsIn, url })
    const posted: PostedBack[] = []
    for (let left = duplicates; left >= 0 && !signal.aborted; left -= 1) {
      const entry: PostedBack = {
        network: network.name,
        order: sale.order,
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

const postOf = ({ fields, method, postsIn, url }: Form): Post => {
  if (method === 'POST' && postsIn === 'form') {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return { url, method, headers, body: new URLSearchParams(fields).toString() }
  }
  const full = new URL(url)
  for (const [name, value] of Object.entries(fields)) full.searchParams.set(name, value)
  return { url: full.href, method, headers: {} }
}
