import type { ServerResponse } from 'node:http'

import type { Channel, EmailMessage, Outcome, SmsMessage } from '../../src/messaging/types.ts'
import { listen } from './listen.ts'

type Expected = Pick<Outcome, 'kind'> & { code?: string; afterMs?: number; isOptOut?: boolean }

type Contract<Message extends EmailMessage | SmsMessage, Fault extends string> = {
  /** Opens the channel to a provider at this address. */
  channelAt: (at: { baseUrl: string; timeoutMs: number }) => Channel<Message>
  message: Message
  /** The recipient as the provider writes it. */
  to: string
  startSimulator: () => Promise<{ url: string; close: () => Promise<void> }>
  /** The outcome of each fault of the simulator; null if this provider never shows it. */
  faults: Record<Fault, Expected | null>
  /** The outcome of a response with this status from a proxy in front of the provider. */
  statuses: Record<number, Outcome['kind']>
}

/** Shorter than the fault `slow`, longer than any response on this machine. */
const TIMEOUT_MS = 1_000
const RETRY_AFTER_SECONDS = 7

/**
 * Tests over real HTTP what every channel must do: never throw, send once, and report a refusal only
 * if the provider certainly has no message.
 */
export const testChannelContract = <
  Message extends EmailMessage | SmsMessage,
  Fault extends string,
>(
  contract: Contract<Message, Fault>,
): void => {
  const { channelAt, faults, message, startSimulator, statuses, to } = contract
  const never = new AbortController().signal
  const { name } = channelAt({ baseUrl: 'http://127.0.0.1:1', timeoutMs: TIMEOUT_MS })
  let simulator: Awaited<ReturnType<typeof startSimulator>>

  const control = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${simulator.url}/control/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (!response.ok) throw new Error(await response.text())
    return response.json()
  }
  const readMessages = async () =>
    (await control('GET', `messages?provider=${name}`)) as { messages: Record<string, unknown>[] }
  const sendTo = (baseUrl: string, signal = never) =>
    channelAt({ baseUrl, timeoutMs: TIMEOUT_MS }).send(message, { signal })
  const send = (signal = never) => sendTo(`${simulator.url}/${name}`, signal)
  const sendToServer = async (listener: (response: ServerResponse) => unknown) => {
    const server = await listen(listener)
    return sendTo(server.url).finally(server.close)
  }

  beforeAll(async () => {
    simulator = await startSimulator()
  })
  beforeEach(async () => {
    await control('DELETE', 'faults')
    await control('DELETE', 'state')
  })
  afterAll(() => simulator.close())

  describe('a message', () => {
    it('is accepted once with our id, and the outcome has the provider’s id', async () => {
      const outcome = await send()
      const { messages } = await readMessages()
      expect(messages).toMatchObject([{ to, customId: message.id }])
      expect(outcome).toEqual({ kind: 'accepted', providerMessageId: messages[0]?.id })
    })

    it('is not sent if the process is stopping already', async () => {
      expect(await send(AbortSignal.abort())).toMatchObject({ kind: 'retry', code: 'stopped' })
      expect((await readMessages()).messages).toEqual([])
    })

    it('has an unknown outcome if the process stops before the response', async () => {
      const stopping = new AbortController()
      const server = await listen(() => stopping.abort())
      const outcome = await sendTo(server.url, stopping.signal).finally(server.close)
      expect(outcome).toMatchObject({ kind: 'unknown', code: 'stopped' })
    })
  })

  describe('a fault', () => {
    const shown = Object.entries(faults) as [Fault, Expected | null][]
    const rows = shown.filter((row): row is [Fault, Expected] => row[1] !== null)

    it.each(rows)('%s has the outcome %j', async (fault, expected) => {
      const seconds = fault === 'slow' ? 30 : RETRY_AFTER_SECONDS
      await control('POST', 'faults', { provider: name, fault, seconds })
      const outcome = await send()
      expect(outcome).toMatchObject(expected)
      const { messages } = await readMessages()
      if (outcome.kind === 'accepted') expect(messages).toHaveLength(1)
      if (outcome.kind === 'retry' || outcome.kind === 'permanent') expect(messages).toEqual([])
    })

    it('without an expected outcome is one that the simulator refuses to show', async () => {
      for (const [fault, expected] of shown) {
        const set = control('POST', 'faults', { provider: name, fault })
        await (expected ? set : expect(set).rejects.toThrow('cannot show'))
      }
    })
  })

  describe('a response of a proxy in front of the provider', () => {
    const rows = Object.entries(statuses).map(([status, kind]) => [Number(status), kind] as const)

    it.each(rows)('with the status %i has the outcome %s', async (status, kind) => {
      const outcome = await sendToServer((response) => {
        response.writeHead(status, { 'content-type': 'text/html' }).end('<html></html>')
      })
      expect(outcome).toMatchObject({ kind, code: `http-${status}` })
    })

    it.each([301, 302, 307, 308])(
      'with the redirect %i is not followed, so that no other host gets the key',
      async (status) => {
        const other = await listen((response) => response.writeHead(202).end())
        const outcome = await sendToServer((response) => {
          response.writeHead(status, { location: other.url }).end()
        }).finally(other.close)
        expect(outcome.kind).toBe('permanent')
        expect(other.received).toEqual([])
      },
    )

    it('has its copies of the recipient removed from the detail', async () => {
      const text = `${message.to} or ${to.toUpperCase()}`
      const body = { code: 21211, message: text, type: 'error', errors: [{ message: text }] }
      const outcome = await sendToServer((response) => {
        response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      })
      expect(outcome).toMatchObject({ kind: 'permanent', detail: '… or …' })
    })
  })

  describe('a broken connection', () => {
    it('is retried if no server listens', async () => {
      const server = await listen(() => undefined)
      await server.close()
      expect(await sendTo(server.url)).toMatchObject({ kind: 'retry', code: 'ECONNREFUSED' })
    })

    it('is retried if the host name is unknown', async () => {
      expect(await sendTo('http://provider.invalid')).toMatchObject({ kind: 'retry' })
    })

    it('is retried if the server has no TLS', async () => {
      const server = await listen((response) => response.end())
      const outcome = await sendTo(server.url.replace('http:', 'https:')).finally(server.close)
      expect(outcome).toMatchObject({ kind: 'retry' })
    })

    it('after the request was sent, without a response, has an unknown outcome', async () => {
      const outcome = await sendToServer((response) => response.socket?.destroy())
      expect(outcome.kind).toBe('unknown')
    })

    it('in the middle of a successful response has an unknown outcome', async () => {
      const outcome = await sendToServer((response) => {
        response.writeHead(201, { 'content-length': '500', 'content-type': 'application/json' })
        response.write('{"type":"success",', () => response.socket?.destroy())
      })
      expect(outcome.kind).toBe('unknown')
    })

    it('in a response that never ends has an unknown outcome, by the timeout', async () => {
      const outcome = await sendToServer((response) => {
        response.writeHead(201, { 'content-length': '500' })
        response.write('{')
      })
      expect(outcome).toMatchObject({ kind: 'unknown', code: 'timeout' })
    })
  })
}
