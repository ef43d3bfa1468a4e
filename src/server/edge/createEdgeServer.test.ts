import { EventEmitter, once } from 'node:events'
import type { RequestListener } from 'node:http'
import { connect, type Socket } from 'node:net'

import { listenLocally } from '../../../test/support/listenLocally.ts'
import { createEdgeServer } from './createEdgeServer.ts'
import { makeRefusal } from './makeRefusal.ts'

type Limits = NonNullable<Parameters<typeof createEdgeServer>[1]>
/** Far longer than a test runs. */
const NEVER = 3_600_000
const CALM: Limits = {
  headersTimeoutMs: NEVER,
  requestTimeoutMs: NEVER,
  keepAliveTimeoutMs: NEVER,
  idleTimeoutMs: NEVER,
  checkEveryMs: 10,
}
const answerOk: RequestListener = (request, response) => {
  request.resume().on('end', () => response.end('ok'))
}

let open: { url: string; close: () => Promise<void> } | undefined
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await open?.close()
})

const serve = async (limits: Limits, listener = answerOk) => {
  open = await listenLocally(createEdgeServer(listener, { ...CALM, ...limits }))
}
const openSocket = async (): Promise<Socket> => {
  const socket = connect(Number(new URL(open?.url ?? '').port), '127.0.0.1')
  socket.on('error', () => undefined)
  sockets.push(socket)
  await once(socket, 'connect')
  return socket
}
/** Sends a text, and reads until the server closes the connection. */
const exchange = async (text: string): Promise<string> => {
  const socket = await openSocket()
  let received = ''
  socket.on('data', (part: Buffer) => (received += part.toString()))
  const closed = once(socket, 'close')
  socket.write(text)
  await closed
  return received
}
const HEAD = 'GET / HTTP/1.1\r\nHost: shop.test\r\n'
const GET = `${HEAD}\r\n`
const statuses = (received: string) =>
  received.match(/HTTP\/1\.1 \d{3}/g)?.map((line) => line.slice(9))

describe('a connection', () => {
  it.each([
    ['without a byte', '', ['408']],
    ['with half of a head', HEAD, ['408']],
    ['with a second head that does not end', `${GET}${HEAD}`, ['200', '408']],
  ])('%s is closed when the time for heads is over', async (_case, text, answered) => {
    await serve({ headersTimeoutMs: 60 })
    expect(statuses(await exchange(text))).toEqual(answered)
  })

  it('with half of a body is answered 408 when the time for requests is over', async () => {
    await serve({ headersTimeoutMs: 60, requestTimeoutMs: 60 })
    const half = 'POST / HTTP/1.1\r\nHost: shop.test\r\nContent-Length: 100\r\n\r\nhalf'
    expect(statuses(await exchange(half))).toEqual(['408'])
  })

  it('is kept for its next request, and closed when none comes', async () => {
    await serve({ keepAliveTimeoutMs: 60 })
    expect(statuses(await exchange(`${GET}${GET}`))).toEqual(['200', '200'])
  })

  it('of a client that does not read its answer is closed', async () => {
    const state = new EventEmitter()
    const closed = once(state, 'close')
    await serve({ idleTimeoutMs: 60 }, (request, response) => {
      request.socket.once('close', () => state.emit('close'))
      response.end(Buffer.alloc(50_000_000))
    })
    const socket = await openSocket()
    socket.pause().write(GET)
    await closed
    expect(socket.bytesRead).toBeLessThan(50_000_000)
  })

  it('beyond the allowed number is closed at once, and the others are served', async () => {
    await serve({ maxConnections: 2, keepAliveTimeoutMs: 60 })
    await Promise.all([openSocket(), openSocket()])
    const third = connect(Number(new URL(open?.url ?? '').port), '127.0.0.1')
    third.on('error', () => undefined)
    await once(third, 'close')
    sockets[0]?.write(GET)
    const [part] = (await once(sockets[0] as Socket, 'data')) as [Buffer]
    expect(statuses(part.toString())).toEqual(['200'])
  })

  it('is refused its requests after the allowed number', async () => {
    await serve({ maxRequestsPerSocket: 3, keepAliveTimeoutMs: 60 })
    expect(statuses(await exchange(GET.repeat(4)))).toEqual(['200', '200', '200', '503'])
  })
})

it('of 500 requests ahead of their answers, the allowed number begins and the next is refused', async () => {
  let begun = 0
  const waiting: (() => void)[] = []
  await serve({ maxPipelined: 4, maxRequestsPerSocket: 1_000 }, (_request, response) => {
    begun += 1
    waiting.push(() => response.end('ok'))
    // The fifth request is in the same packet: it has been seen when this runs.
    if (begun === 4) setImmediate(() => waiting.forEach((answer) => answer()))
  })
  const received = await exchange(GET.repeat(500))
  expect(begun).toBe(4)
  expect(statuses(received)).toEqual(['200', '200', '200', '200', '503'])
  expect(received).toContain('request.pipelined')
})

describe('a request that is refused before anything else looks at it', () => {
  const REFUSED = 'POST /refused HTTP/1.1\r\nHost: shop.test\r\nContent-Length: 0\r\n\r\n'
  const seen: string[] = []
  beforeEach(async () => {
    seen.length = 0
    const refusal = makeRefusal({ status: 404, code: 'request.not-found', message: 'Not found.' })
    open = await listenLocally(
      createEdgeServer(
        (request, response) => {
          seen.push(request.url ?? '')
          setImmediate(() => response.end('ok'))
        },
        { ...CALM, refuse: ({ url }) => (url === '/refused' ? refusal : null) },
      ),
    )
  })

  it('is answered, its connection closed, and nothing behind it begins', async () => {
    const received = await exchange(`${REFUSED}${GET}`)
    expect([statuses(received), seen]).toEqual([['404'], []])
    expect(received).toContain('{"errors":[{"code":"request.not-found","message":"Not found."}]}')
  })

  it('waits for the answer of the request ahead of it', async () => {
    const received = await exchange(`${GET}${REFUSED}`)
    expect([statuses(received), seen]).toEqual([['200', '404'], ['/']])
  })
})

it('1,500 half-open connections delay no other request, and are closed', async () => {
  await serve({ headersTimeoutMs: 2_000 })
  const halfOpen = await Promise.all(Array.from({ length: 1_500 }, openSocket))
  const closed = Promise.all(halfOpen.map((socket) => once(socket.resume(), 'close')))
  for (const socket of halfOpen) socket.write(HEAD)
  const response = await fetch(open?.url ?? '')
  expect(response.status).toBe(200)
  await closed
})

it.each([
  ['two lengths', 'Content-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
  ['a length and parts', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['a length that is no number', 'Content-Length: 1e3\r\n\r\na'],
  ['parts that are named twice', 'Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n'],
  ['a head of 20 kB', `X-Long: ${'x'.repeat(20_000)}\r\n\r\n`],
  ['a part without an end', 'Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n'],
])('a request with %s is refused, and its connection closed', async (_case, rest) => {
  await serve({})
  const received = await exchange(`POST / HTTP/1.1\r\nHost: shop.test\r\n${rest}`)
  expect(['400', '431']).toContain(statuses(received)?.[0])
})
