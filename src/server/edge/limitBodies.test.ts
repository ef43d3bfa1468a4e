import { EventEmitter, once } from 'node:events'
import http from 'node:http'
import { Socket } from 'node:net'
import { buffer, json, text } from 'node:stream/consumers'

import type { RequestHandler } from 'express'

import { startEdge } from '../../../test/support/startEdge.ts'
import { createBodyBudget } from './createBodyBudget.ts'
import { limitBodies } from './limitBodies.ts'
import { requestId } from './requestId.ts'

const KB = 1024
let edge: Awaited<ReturnType<typeof startEdge>>
let read = 0
beforeAll(async () => {
  edge = await startEdge(requestId, limitBodies(), async (request, response) => {
    read = 0
    for await (const chunk of request) read += (chunk as Buffer).length
    response.json({ read })
  })
})
afterAll(() => edge.close())

type Sent = { path: string; bytes: number; isChunked: boolean }
/** Sends a body in parts of 16 kB, and reads the answer although the body is not sent whole. */
const post = async ({ bytes, isChunked, path }: Sent) => {
  const headers = isChunked ? {} : { 'Content-Length': bytes }
  const request = http.request(`${edge.url}${path}`, { method: 'POST', headers })
  request.on('error', () => undefined)
  const answered = once(request, 'response') as Promise<[http.IncomingMessage]>
  for (let sent = 0; sent < bytes; sent += 16 * KB) {
    request.write(Buffer.alloc(Math.min(16 * KB, bytes - sent)))
  }
  request.end()
  const [response] = await answered
  return { status: response.statusCode, body: await json(response) }
}

describe.each([false, true])('a body (chunked: %s)', (isChunked) => {
  it.each([
    ['/api/users', 64 * KB],
    ['/api/users/login', 64 * KB],
    ['/api/users/reset-password', 64 * KB],
    ['/api/users/phone/otp', 64 * KB],
    ['/api/payments', 256 * KB],
    ['/api/graphql', 256 * KB],
    ['/nowhere', 256 * KB],
    ['/api/networks/7/import', 10_240 * KB],
    ['/api/claim-files', 3_072 * KB],
  ])('of %s is read up to its limit, and refused above it', async (path, limit) => {
    expect(await post({ path, bytes: limit, isChunked })).toEqual({
      status: 200,
      body: { read: limit },
    })
    expect(await post({ path, bytes: limit + 1, isChunked })).toMatchObject({
      status: 413,
      body: { errors: [{ code: 'request.too-large' }], requestId: expect.any(String) as string },
    })
    expect(read).toBeLessThanOrEqual(limit)
  })
})

it('a query that is sent as a body has a limit of its own', async () => {
  const response = await fetch(`${edge.url}/api/payments`, {
    method: 'POST',
    headers: { 'X-Payload-HTTP-Method-Override': 'GET' },
    body: 'x'.repeat(64 * KB + 1),
  })
  expect(response.status).toBe(413)
})

const seen = new EventEmitter()
/** Emits `part` when a part of a body was taken, before any handler reads it, and `closed`. */
const noteParts: RequestHandler = (request, response, next) => {
  response.once('close', () => setImmediate(() => seen.emit('closed')))
  const push = request.push.bind(request)
  request.push = (chunk, encoding) => {
    const wantsMore = push(chunk, encoding)
    if (chunk !== null) seen.emit('part')
    return wantsMore
  }
  next()
}

describe.each([
  ['that are waited for', '/api/payments'],
  ['that are streamed', '/api/networks/7/import'],
])('when all bodies %s together take too much memory', (_what, path) => {
  /** Sends a head and `sent` bytes of a body of 100 kB, and waits until they were taken. */
  const begin = async (url: string, sent: number) => {
    const headers = { 'Content-Length': 100 * KB }
    const request = http.request(`${url}${path}`, { method: 'POST', headers })
    request.on('error', () => undefined)
    const answered = (once(request, 'response') as Promise<[http.IncomingMessage]>).then(
      async ([response]) => ({ status: response.statusCode, body: await json(response) }),
    )
    request.write(Buffer.alloc(sent))
    await once(seen, 'part')
    return { request, answered }
  }
  let small: Awaited<ReturnType<typeof startEdge>>
  beforeEach(async () => {
    const limited = limitBodies({ maxHeldBytes: 170 * KB })
    small = await startEdge(noteParts, limited, async (request, response) => {
      try {
        await buffer(request)
      } catch {
        return
      }
      response.json({})
    })
  })
  afterEach(() => small.close())

  it('the oldest that is still incomplete is given up, and newer ones are read', async () => {
    const slow = await begin(small.url, 60 * KB)
    const other = await begin(small.url, 60 * KB)
    const third = await begin(small.url, 60 * KB)
    expect(await slow.answered).toMatchObject({
      status: 408,
      body: { errors: [{ code: 'request.timeout' }] },
    })
    third.request.end(Buffer.alloc(40 * KB))
    expect((await third.answered).status).toBe(200)
    other.request.end(Buffer.alloc(40 * KB))
    expect((await other.answered).status).toBe(200)
  })
})

it('when memory is used up and no body is incomplete, a new one is refused until another is answered', () => {
  const budget = createBodyBudget(() => undefined, 100)
  const [one, other] = [
    new http.IncomingMessage(new Socket()),
    new http.IncomingMessage(new Socket()),
  ]
  one.complete = true
  expect([budget.take(one, 80), budget.take(other, 21)]).toEqual([true, false])
  budget.release(one)
  expect(budget.take(other, 21)).toBe(true)
})

describe('a body that has not arrived wholly', () => {
  const called = vi.fn()
  const onAbort = vi.fn()
  let waiting: Awaited<ReturnType<typeof startEdge>>
  beforeEach(async () => {
    called.mockClear()
    onAbort.mockClear()
    waiting = await startEdge(noteParts, limitBodies({ onAbort }), async (request, response) => {
      called(request.complete)
      response.json({ read: (await text(request).catch(() => '')).length })
    })
  })
  afterEach(() => waiting.close())

  /** Sends a head and a first part of a body, and waits until they were taken. */
  const begin = async (path: string) => {
    const request = http.request(`${waiting.url}${path}`, { method: 'POST' })
    request.on('error', () => undefined)
    request.write('x'.repeat(60 * KB))
    await once(seen, 'part')
    return request
  }

  it('reaches the route only when it is whole', async () => {
    const request = await begin('/api/users')
    expect(called).not.toHaveBeenCalled()
    const answered = once(request, 'response') as Promise<[http.IncomingMessage]>
    request.end('x'.repeat(4 * KB))
    const [response] = await answered
    expect(await json(response)).toEqual({ read: 64 * KB })
    expect(called.mock.calls).toEqual([[true]])
  })

  it.each(['/api/networks/7/import', '/api/claim-files', '/webhooks/sendgrid', '/admin/login'])(
    'reaches %s at once, which refuses most senders before it reads',
    async (path) => {
      const request = await begin(path)
      expect(called.mock.calls).toEqual([[false]])
      const closed = once(seen, 'closed')
      request.destroy()
      await closed
    },
  )

  it('is counted when its client ends, and the route is not called', async () => {
    const request = await begin('/api/users')
    const closed = once(seen, 'closed')
    request.destroy()
    await closed
    expect(onAbort).toHaveBeenCalledTimes(1)
    expect(called).not.toHaveBeenCalled()
  })

  it('is not counted when it was answered', async () => {
    const request = await begin('/api/users')
    const closed = once(seen, 'closed')
    const answered = once(request, 'response') as Promise<[http.IncomingMessage]>
    request.write('x'.repeat(10 * KB))
    expect((await answered)[0].statusCode).toBe(413)
    await closed
    expect(onAbort).not.toHaveBeenCalled()
  })
})
