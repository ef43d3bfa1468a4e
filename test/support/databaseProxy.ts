import { once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'

import { readMessages } from './readMessages.ts'

/**
 * What happens at a commit: it passes; the line is lost before PostgreSQL gets it, or after it has
 * answered; or another word, which the session setting `proof.commit` has during the commit, for a
 * deferred trigger of the test to act on.
 */
export type Fate = 'pass' | 'cut-before' | 'cut-after' | (string & {})

export type DatabaseProxy = {
  /** The same database through the proxy. */
  url: string
  /** Ends all connections and refuses new ones, until `open`. */
  close: () => void
  open: () => void
  /** Leads new connections to another address. */
  retarget: (databaseUrl: string) => void
  stop: () => Promise<void>
}

type Options = {
  databaseUrl: string
  /** Decides each commit of a client: of a transaction, or of a statement of its own. */
  decide?: (text: string) => Fate
  /** Statements that commit by themselves and are decided as well. */
  autocommits?: RegExp
}

/**
 * Starts a TCP proxy between the product and PostgreSQL that understands where a transaction is
 * committed. Without TLS.
 */
export const startDatabaseProxy = async ({
  autocommits,
  databaseUrl,
  decide = () => 'pass',
}: Options): Promise<DatabaseProxy> => {
  let target = new URL(databaseUrl)
  const pairs = new Set<[Socket, Socket]>()
  let isClosed = false
  const server = net.createServer((client) => {
    if (isClosed) {
      client.destroy()
      return
    }
    const database = net.connect(Number(target.port || 5432), target.hostname)
    const pair: [Socket, Socket] = [client, database]
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      client.destroy()
      database.destroy()
    }
    for (const socket of pair) socket.setNoDelay(true).on('error', end).on('close', end)
    relay({ client, database, decide, end, autocommits })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  const cut = () => {
    for (const [client, database] of pairs) {
      client.destroy()
      database.destroy()
    }
  }
  return {
    url: url.href,
    close: () => {
      isClosed = true
      cut()
    },
    open: () => {
      isClosed = false
    },
    retarget: (next) => {
      target = new URL(next)
    },
    stop: async () => {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}

type Line = {
  client: Socket
  database: Socket
  decide: (text: string) => Fate
  end: () => void
  autocommits: RegExp | undefined
}

const relay = ({ autocommits, client, database, decide, end }: Line): void => {
  /** What to do with the next answers of PostgreSQL, each until `ReadyForQuery`. */
  const answers: ('forward' | 'swallow' | 'cut')[] = []
  /** The fate of the statement whose messages are being read. */
  let fate: Fate = 'pass'

  const begin = (text: string): void => {
    fate = decide(text)
    if (fate === 'cut-before') end()
    if (!isWord(fate)) return
    answers.push('swallow')
    database.write(queryOf(`set proof.commit = '${fate}'`))
  }
  /** After the last message of a round trip. */
  const finish = (): void => {
    answers.push(fate === 'cut-after' ? 'cut' : 'forward')
    if (isWord(fate)) {
      answers.push('swallow')
      database.write(queryOf(`set proof.commit = ''`))
    }
    fate = 'pass'
  }

  readMessages(client, { hasStartup: true }, (type, message) => {
    const text = textOf(type, message)
    if (text !== null && (/^\s*commit\b/i.test(text) || autocommits?.test(text))) begin(text)
    if (client.destroyed) return
    database.write(message)
    if (type === 'Q' || type === 'S') finish()
  })
  readMessages(database, { hasStartup: false }, (type, message) => {
    const what = answers[0] ?? 'forward'
    if (type === 'Z') answers.shift()
    if (what === 'forward') client.write(message)
    // A session that ended is reported in every case.
    else if (what === 'cut' && type === 'Z') end()
  })
}

const isWord = (fate: Fate): boolean => !['pass', 'cut-before', 'cut-after'].includes(fate)

const textOf = (type: string, message: Buffer): string | null => {
  if (type === 'Q') return message.toString('utf8', 5, message.length - 1)
  if (type !== 'P') return null
  const begins = message.indexOf(0, 5) + 1
  return message.toString('utf8', begins, message.indexOf(0, begins))
}

const queryOf = (text: string): Buffer => {
  const body = Buffer.from(`${text}\0`)
  const head = Buffer.alloc(5)
  head.write('Q')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
