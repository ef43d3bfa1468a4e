import { createServer } from 'node:http'

import { fetch } from 'undici'

import { listenLocally } from '../../../test/support/listenLocally.ts'
import { fetchFrom, openPublicAgent } from './fetchFrom.ts'
import { guardLookup } from './guardLookup.ts'

let requests = 0
let server: Awaited<ReturnType<typeof listenLocally>>
beforeAll(async () => {
  server = await listenLocally(
    createServer((_request, response) => {
      requests += 1
      response.writeHead(302, { location: 'http://other.example/' }).end()
    }),
  )
})
afterAll(() => server.close())

it('a name that resolves to this machine is refused when connecting, before a byte is sent', async () => {
  const toThisMachine = (_name: string, _options: object, done: (e: null, a: object[]) => void) =>
    done(null, [{ address: '127.0.0.1', family: 4 }])
  const dispatcher = openPublicAgent(guardLookup(toThisMachine as never))
  const { port } = new URL(server.url)
  const error: unknown = await fetch(`http://shop.example:${port}/`, { dispatcher }).catch(
    (failure: unknown) => failure,
  )
  expect(error).toMatchObject({ cause: { code: 'ERR_PRIVATE_ADDRESS' } })
  expect(requests).toBe(0)
})

it('a host that may be private is connected to, and its redirect is returned, not followed', async () => {
  const url = new URL(server.url)
  const response = await fetchFrom(url, [url.hostname], {})
  expect([response.status, requests]).toEqual([302, 1])
})

it('a name of this machine is not connected to unless it may be private', async () => {
  const { port } = new URL(server.url)
  const before = requests
  const error: unknown = await fetchFrom(new URL(`http://localhost:${port}/`), [], {}).catch(
    (failure: unknown) => failure,
  )
  expect(error).toMatchObject({ cause: { code: 'ERR_PRIVATE_ADDRESS' } })
  expect(requests).toBe(before)
})
