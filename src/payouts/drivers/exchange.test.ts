import { listen } from '../../../test/support/listen.ts'
import { exchange } from './exchange.ts'

const call = (baseUrl: string, privateHosts: 'any' | string[] = 'any') =>
  exchange({
    connection: { baseUrl, privateHosts, timeoutMs: 2_000 },
    method: 'POST',
    path: '/payouts',
    headers: { authorization: 'secret' },
    body: '{}',
    signal: new AbortController().signal,
  })

describe('exchange', () => {
  it.each(['http://127.0.0.1:9', 'https://127.0.0.1:9', 'http://bank.example', 'no address'])(
    'sends nothing to %s, which is not a public https address',
    async (address) => {
      expect(await call(address, [])).toMatchObject({ kind: 'not-sent', code: 'refused-address' })
    },
  )

  it('returns status, headers and JSON of a response', async () => {
    const server = await listen((response) =>
      response.writeHead(422, { 'retry-after': '7' }).end('{"code":"x"}'),
    )
    const exchanged = await call(`${server.url}/`).finally(server.close)
    expect(server.received).toMatchObject([{ path: '/payouts', body: '{}' }])
    expect(exchanged).toMatchObject({
      kind: 'answer',
      answer: { status: 422, headers: { 'retry-after': '7' }, body: { code: 'x' } },
    })
  })

  it('reads no response above 2 MB, and the outcome is unknown', async () => {
    const server = await listen((response) => response.end('x'.repeat(3 * 1024 * 1024)))
    const exchanged = await call(server.url).finally(server.close)
    expect(exchanged).toMatchObject({ kind: 'unknown', code: 'too-large' })
  })
})
