import { once } from 'node:events'

import { Router } from 'express'

import { startEdge } from '../../../test/support/startEdge.ts'
import { sendResponse } from './sendResponse.ts'
import { toRequest } from './toRequest.ts'

/** Serves one handler of web requests, as Payload's are. */
const serve = (handler: (request: Request) => Promise<Response> | Response) =>
  startEdge(
    Router().use(async (incoming, outgoing) => {
      const request = toRequest(incoming, outgoing)
      if (request) await sendResponse(await handler(request), incoming, outgoing)
    }),
  )

it('a request keeps its address, headers and body', async () => {
  const edge = await serve(async (request) =>
    Response.json({
      url: new URL(request.url).pathname + new URL(request.url).search,
      protocol: new URL(request.url).protocol,
      cookie: request.headers.get('cookie'),
      body: await request.text(),
    }),
  )
  const answer = await fetch(`${edge.url}/api/x?a=1&b[c]=2`, {
    method: 'PUT',
    headers: { Cookie: 'a=1; b=2', 'X-Forwarded-Proto': 'https' },
    body: 'naïve',
  })
  expect(await answer.json()).toEqual({
    url: '/api/x?a=1&b[c]=2',
    protocol: 'https:',
    cookie: 'a=1; b=2',
    body: 'naïve',
  })
  await edge.close()
})

it('a client that goes away aborts the request and cancels its stream', async () => {
  const ended = new EventTarget()
  const aborted = once(ended, 'aborted')
  const cancelled = once(ended, 'cancelled')
  const edge = await serve((request) => {
    request.signal.addEventListener('abort', () => ended.dispatchEvent(new Event('aborted')))
    const stream = new ReadableStream({
      pull: (controller) => {
        controller.enqueue(new Uint8Array(65_536))
      },
      cancel: () => {
        ended.dispatchEvent(new Event('cancelled'))
      },
    })
    return new Response(stream)
  })
  const leaving = new AbortController()
  const answer = await fetch(edge.url, { signal: leaving.signal })
  expect(answer.status).toBe(200)
  leaving.abort()
  await Promise.all([aborted, cancelled])
  await edge.close()
})

it.each([
  ['no content', new Response(null, { status: 204 }), 204],
  ['not modified', new Response(null, { status: 304 }), 304],
])('%s is sent without a body', async (_case, response, status) => {
  const edge = await serve(() => response)
  const answer = await fetch(edge.url)
  expect([answer.status, await answer.text()]).toEqual([status, ''])
  await edge.close()
})

it('each cookie has a header of its own', async () => {
  const headers = new Headers()
  headers.append('Set-Cookie', 'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT')
  headers.append('Set-Cookie', 'b=2')
  const edge = await serve(() => new Response('x', { headers }))
  const answer = await fetch(edge.url)
  expect(answer.headers.getSetCookie()).toEqual([
    'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT',
    'b=2',
  ])
  await edge.close()
})
