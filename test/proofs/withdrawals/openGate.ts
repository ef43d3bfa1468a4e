import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

import { listenLocally } from '../../support/listenLocally.ts'
import { withDeadline } from './withDeadline.ts'
import type { Payer } from './payers.ts'

type Place = {
  payer: Pick<Payer, 'name' | 'path'>
  of: 'look-up' | 'order'
  /** Before the provider has the request, or when it has answered. */
  at: 'answer' | 'request'
  /** How many pass before; none by default. */
  after?: number
}

/** A request that waits in the gate. */
type Held = {
  /** The process that sent it. */
  worker: string
  /** Our key of the attempt; null if neither request nor answer contains it. */
  key: string | null
  /** The body of the answer; empty while there is none. */
  text: string
  /** Lets it go on. */
  pass: () => void
  /** It never arrives: the provider does not get the request, or the process not the answer. */
  drop: () => void
  /** The request arrives much later: right before, or right after, one with the same key. */
  delay: (until: 'after-repeat' | 'before-repeat') => void
}

export type Gate = {
  url: string
  /** Resolves when a request is held at the place. Only one place is watched at a time. */
  holdAt: (place: Place) => Promise<Held>
  /** Delivers the delayed requests that no repeat has delivered, and returns how many they were. */
  deliverDelayed: () => Promise<number>
  close: () => Promise<void>
}

type Message = { method: string; path: string; headers: IncomingMessage['headers']; body: Buffer }
type Reply = { status: number; headers: IncomingMessage['headers']; body: Buffer }
type Watch = { place: Place; left: number; hold: (held: Held) => void }
type Delayed = { key: string; until: 'after-repeat' | 'before-repeat'; message: Message }

/**
 * Opens a gate between the workers and the simulated providers: it passes HTTP on, and holds one
 * request or answer where a proof wants to kill the process. The first part of a path is the name of
 * the process.
 */
export const openGate = async (simulatorUrl: string): Promise<Gate> => {
  const state = { watch: null as Watch | null, delayed: [] as Delayed[] }
  const server = createServer((incoming, response) => {
    void serve(incoming, response).catch(() => response.destroy())
  })
  server.keepAliveTimeout = 600_000

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, worker = '', path = ''] = /^(?:\/(w\d+))?(\/.*)$/.exec(incoming.url ?? '') ?? []
    const { headers, method = 'GET' } = incoming
    const message: Message = { method, path, headers, body: await buffer(incoming) }
    const decision = await passHold('request', { worker, message, reply: null })
    if (decision === 'drop') return void response.destroy()
    await deliver('before-repeat', message)
    const reply = await send(simulatorUrl, message)
    await deliver('after-repeat', message)
    if ((await passHold('answer', { worker, message, reply })) === 'drop') {
      return void response.destroy()
    }
    response.writeHead(reply.status, reply.headers).end(reply.body)
  }

  type Passing = { worker: string; message: Message; reply: Reply | null }
  const passHold = (at: Place['at'], passing: Passing): Promise<'drop' | 'pass'> | 'pass' => {
    const { watch } = state
    if (watch?.place.at !== at || !isOf(watch.place, passing.message)) return 'pass'
    if (watch.left > 0) {
      watch.left -= 1
      return 'pass'
    }
    state.watch = null
    return new Promise((resolve) => {
      const { message, reply, worker } = passing
      const key = findKey(message) ?? (reply && findKeyIn(reply.body.toString()))
      watch.hold({
        worker,
        key,
        text: reply?.body.toString() ?? '',
        pass: () => resolve('pass'),
        drop: () => resolve('drop'),
        delay: (until) => {
          state.delayed.push({ key: key ?? '', until, message })
          resolve('drop')
        },
      })
    })
  }

  /** Orders only: a look-up with the same key proves that the request is not there yet. */
  const deliver = async (until: Delayed['until'], message: Message): Promise<void> => {
    const key = message.method === 'POST' ? findKey(message) : null
    const due = state.delayed.filter((each) => each.key === key && each.until === until)
    state.delayed = state.delayed.filter((each) => !due.includes(each))
    for (const each of due) await send(simulatorUrl, each.message)
  }

  const { close, url } = await listenLocally(server)
  return {
    url,
    close,
    holdAt: (place) => {
      const held = new Promise<Held>((hold) => {
        state.watch = { place, left: place.after ?? 0, hold }
      })
      return withDeadline(held, `${place.of} of ${place.payer.name} at the ${place.at}`)
    },
    deliverDelayed: async () => {
      const due = state.delayed.splice(0)
      for (const { message } of due) await send(simulatorUrl, message)
      return due.length
    },
  }
}

const isOf = ({ of, payer }: Place, { method, path }: Message): boolean =>
  of === 'order'
    ? method === 'POST' && path.replace(/\?.*/, '') === payer.path
    : method === 'GET' && path.startsWith(payer.path)

const findKey = ({ body, headers, path }: Message): string | null =>
  findKeyIn(`${path} ${JSON.stringify(headers)} ${body.toString()}`)

const findKeyIn = (text: string): string | null => /\bpa[0-9a-f]{32}\b/.exec(text)?.[0] ?? null

/** The header `host` stays: a provider links to itself by it. */
const send = (simulatorUrl: string, { body, headers, method, path }: Message): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const sent = request(simulatorUrl + path, { method, headers }, (incoming) => {
      buffer(incoming)
        .then((received) =>
          resolve({
            status: incoming.statusCode ?? 502,
            headers: incoming.headers,
            body: received,
          }),
        )
        .catch(reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
