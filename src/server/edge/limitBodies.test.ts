import { once } from 'node:events'
import http from 'node:http'
import { json } from 'node:stream/consumers'

import { startEdge } from '../../../test/support/startEdge.ts'
import { limitBodies } from './limitBodies.ts'
import { requestId } from './requestId.ts'

const KB = 1024
let edge: Awaited<ReturnType<typeof startEdge>>
let read = 0
beforeAll(async () => {
  edge = await startEdge(requestId, limitBodies, async (request, response) => {
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
