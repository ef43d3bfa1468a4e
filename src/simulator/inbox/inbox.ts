import { randomUUID } from 'node:crypto'

import { Router, urlencoded } from 'express'

import type { Reporter } from '../reports/createReporter.ts'
import { REPORT_STATUSES } from '../reports/types.ts'
import type { State } from '../state.ts'
import type { Provider } from '../types.ts'
import { inboxPage } from './inboxPage.ts'
import { networksPage } from './networks/networksPage.ts'
import { keyOf } from './parts.ts'
import { peersOf } from './peers.ts'

export type Inbox = { providers: Provider[]; report: Reporter; state: State }

/** What was sent, and what networks tell, for people: two pages and the forms on them. */
export const inbox = ({ providers, report, state }: Inbox): Router => {
  const router = Router()
  router.use(urlencoded({ extended: false }))

  router.get('/', ({ query }, response) => {
    const nonce = randomUUID()
    const { notice = '', open = '', q = '' } = query as Record<string, string>
    response.set('content-security-policy', policy(nonce)).type('html')
    response.send(String(inboxPage({ state, providers, open, notice, nonce, query: q })))
  })

  router.get('/networks', ({ query }, response) => {
    const nonce = randomUUID()
    const { q = '' } = query as Record<string, string>
    response.set('content-security-policy', policy(nonce)).type('html')
    response.send(String(networksPage({ state, providers, nonce, query: q })))
  })

  router.post('/faults', ({ body }: Form, response) => {
    const [name, wanted] = (body.dial ?? '').split(' ')
    const peer = peersOf(providers, state).find((each) => each.name === name)
    const fault = peer?.faults.find((each) => each === wanted)
    if (peer && fault) {
      const times = Number(body.times) || undefined
      state.faults.set({ provider: peer.name, fault, times, seconds: secondsOf(body.seconds) })
    }
    response.redirect(303, backOf(body))
  })
  router.post('/faults/clear', ({ body }: Form, response) => {
    state.faults.clear()
    response.redirect(303, backOf(body))
  })
  router.post('/clock', ({ body }: Form, response) => {
    state.clock.set({ advanceMs: Number(body.advanceMs) || 0 })
    response.redirect(303, backOf(body))
  })
  router.post('/deliver', async ({ body }: Form, response) => {
    const message = state.messages.all().find((each) => keyOf(each) === body.key)
    const status = REPORT_STATUSES.find((each) => each === body.status)
    const posts = message && status ? await report([{ message, status }]) : []
    const search = new URLSearchParams({ open: body.key ?? '', notice: noticeOf(posts) })
    response.redirect(303, `/?${search.toString()}`)
  })
  return router
}

type Form = { body: Record<string, string> }

/** Pages of ours alone; a form could else send anybody anywhere. */
const backOf = ({ back }: Form['body']): string => (back === '/networks' ? back : '/')

const secondsOf = (text = ''): number | undefined => (text === '' ? undefined : Number(text) || 0)

const noticeOf = (posts: Awaited<ReturnType<Reporter>>): string => {
  if (posts.length === 0) return 'Nobody told the simulator where reports go.'
  return `Reported to ${posts[0]?.url ?? ''}: ${posts.map(({ status }) => status ?? 'no answer').join(', ')}.`
}

/** A mail may have styles and pictures; scripts are ours alone, in a frame too. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    'img-src * data:',
    'font-src * data:',
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
