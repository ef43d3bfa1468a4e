import { randomUUID } from 'node:crypto'

import { Router, urlencoded } from 'express'

import type { Reporter } from '../reports/createReporter.ts'
import { REPORT_STATUSES } from '../reports/types.ts'
import type { State } from '../state.ts'
import { FAULTS, type Provider, PROVIDERS } from '../types.ts'
import { inboxPage } from './inboxPage.ts'
import { keyOf } from './parts.ts'

export type Inbox = { providers: Provider[]; report: Reporter; state: State }

/** What was sent, for people: one page and the forms on it. */
export const inbox = ({ providers, report, state }: Inbox): Router => {
  const router = Router()
  router.use(urlencoded({ extended: false }))

  router.get('/', ({ query }, response) => {
    const nonce = randomUUID()
    const { notice = '', open = '', q = '' } = query as Record<string, string>
    response.set('content-security-policy', policy(nonce)).type('html')
    response.send(String(inboxPage({ state, providers, open, notice, nonce, query: q })))
  })

  router.post('/faults', ({ body }: Form, response) => {
    const [provider, fault] = (body.dial ?? '').split(' ')
    const known = PROVIDERS.find((name) => name === provider)
    const wanted = FAULTS.find((name) => name === fault)
    if (known && wanted) {
      const times = Number(body.times) || undefined
      state.faults.set({ provider: known, fault: wanted, times, seconds: secondsOf(body.seconds) })
    }
    response.redirect(303, '/')
  })
  router.post('/faults/clear', (_request, response) => {
    state.faults.clear()
    response.redirect(303, '/')
  })
  router.post('/clock', ({ body }: Form, response) => {
    state.clock.set({ advanceMs: Number(body.advanceMs) || 0 })
    response.redirect(303, '/')
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
