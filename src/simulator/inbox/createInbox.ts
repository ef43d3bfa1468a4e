import { randomUUID } from 'node:crypto'

import { Router, urlencoded } from 'express'

import type { Reporter } from '../reports/createReporter.ts'
import { REPORT_STATUSES } from '../reports/types.ts'
import type { State } from '../state.ts'
import type { Provider } from '../types.ts'
import { renderBankPage } from './bankPage.ts'
import { renderInboxPage } from './inboxPage.ts'
import { renderNetworksPage } from './networksPage.ts'
import { keyOf, listFaultTargets } from './parts.ts'

export type InboxOptions = { providers: Provider[]; report: Reporter; state: State }

/** Creates the pages for people: sent messages, the networks' orders, the bank's payments, and their forms. */
export const createInbox = ({ providers, report, state }: InboxOptions): Router => {
  const router = Router()
  router.use(urlencoded({ extended: false }))

  router.get('/', ({ query }, response) => {
    const nonce = randomUUID()
    const { notice = '', open = '', q = '' } = query as Record<string, string>
    response.set('content-security-policy', buildPolicy(nonce)).type('html')
    response.send(String(renderInboxPage({ state, providers, open, notice, nonce, query: q })))
  })

  router.get('/networks', ({ query }, response) => {
    const nonce = randomUUID()
    const { q = '' } = query as Record<string, string>
    response.set('content-security-policy', buildPolicy(nonce)).type('html')
    response.send(String(renderNetworksPage({ state, providers, nonce, query: q })))
  })

  router.get('/bank', ({ query }, response) => {
    const nonce = randomUUID()
    const { q = '' } = query as Record<string, string>
    response.set('content-security-policy', buildPolicy(nonce)).type('html')
    response.send(String(renderBankPage({ state, providers, nonce, query: q })))
  })

  router.post('/faults', ({ body }: Form, response) => {
    const [name, wanted] = (body.fault ?? '').split(' ')
    const target = listFaultTargets(providers, state).find((each) => each.name === name)
    const fault = target?.faults.find((each) => each === wanted)
    if (target && fault) {
      const times = Number(body.times) || undefined
      state.faults.set({ provider: target.name, fault, times, seconds: parseSeconds(body.seconds) })
    }
    response.redirect(303, readBack(body))
  })
  router.post('/faults/clear', ({ body }: Form, response) => {
    state.faults.clear()
    response.redirect(303, readBack(body))
  })
  router.post('/clock', ({ body }: Form, response) => {
    state.clock.set({ advanceMs: Number(body.advanceMs) || 0 })
    response.redirect(303, readBack(body))
  })
  router.post('/deliver', async ({ body }: Form, response) => {
    const message = state.messages.all().find((each) => keyOf(each) === body.key)
    const status = REPORT_STATUSES.find((each) => each === body.status)
    const posts = message && status ? await report([{ message, status }]) : []
    const search = new URLSearchParams({ open: body.key ?? '', notice: formatNotice(posts) })
    response.redirect(303, `/?${search.toString()}`)
  })
  return router
}

type Form = { body: Record<string, string> }

/** Accepts our own pages only, so that a form cannot redirect elsewhere. */
const readBack = ({ back }: Form['body']): string =>
  back === '/networks' || back === '/bank' ? back : '/'

const parseSeconds = (text = ''): number | undefined =>
  text === '' ? undefined : Number(text) || 0

const formatNotice = (posts: Awaited<ReturnType<Reporter>>): string => {
  if (posts.length === 0) return 'No webhook is set: POST /control/webhooks sets one.'
  return `Reported to ${posts[0]?.url ?? ''}: ${posts.map(({ status }) => status ?? 'no response').join(', ')}.`
}

/** A mail may have styles and images. Only our own script may run, in frames too. */
const buildPolicy = (nonce: string): string =>
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
