import { EventEmitter, once } from 'node:events'
import http from 'node:http'
import { Socket } from 'node:net'
import { json } from 'node:stream/consumers'

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

describe('when all bodies together take too much memory', () => {
  /** Sends a head and `sent` bytes of a body of 100 kB, and waits until they were read. */
  const begin = async (url: string, sent: number) => {
    const headers = { 'Content-Length': 100 * KB }
    const request = http.request(`${url}/api/payments`, { method: 'POST', headers })
    request.on('error', () => undefined)
    const answered = (once(request, 'response') as Promise<[http.IncomingMessage]>).then(
      async ([response]) => ({ status: response.statusCode, body: await json(response) }),
    )
    request.write(Buffer.alloc(sent))
    await once(seen, 'part')
    return { request, answered }
  }
  const seen = new EventEmitter()
  let small: Awaited<ReturnType<typeof startEdge>>
  beforeEach(async () => {
    const limited = limitBodies({ maxHeldBytes: 170 * KB })
    small = await startEdge(limited, async (request, response) => {
      try {
        for await (const part of request) seen.emit('part', part)
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

  it('and none is incomplete, a new one is refused until another is answered', () => {
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
})
