import { startNetwork } from '../../../../test/support/networks/startNetwork.ts'
import { openHttp } from './openHttp.ts'
import type { PrivateHosts } from '../../../platform/outbound/refuseUrl.ts'

let server: Awaited<ReturnType<typeof startNetwork>>
beforeAll(async () => {
  server = await startNetwork(({ url }) =>
    url.pathname === '/redirect'
      ? { status: 302, headers: { location: 'http://localhost:1/' }, json: {} }
      : { json: { ok: true } },
  )
})
afterAll(() => server.close())

const request = async (url: string, privateHosts?: PrivateHosts) => {
  const requestJson = openHttp({ privateHosts, backOff: () => Promise.resolve() })
  const { signal } = new AbortController()
  return requestJson({ url: new URL(url), signal, read: ({ body }) => body }).catch(
    (error: unknown) => error,
  )
}

it('a request to an address of this machine is refused before it is sent', async () => {
  for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]']) {
    const { port } = new URL(server.url)
    for (const scheme of ['http', 'https']) {
      expect(await request(`${scheme}://${host}:${port}/`)).toMatchObject({
        code: 'network.refused',
        isRetryable: false,
      })
    }
  }
  expect(server.received).toEqual([])
})

it('a host that the environment names may be private', async () => {
  expect(await request(server.url, [new URL(server.url).hostname])).toEqual({ ok: true })
})

it('a redirect to another host is not followed', async () => {
  expect(await request(`${server.url}/redirect`, 'any')).toMatchObject({
    code: 'network.bad-answer',
  })
})
