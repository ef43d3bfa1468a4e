import { setTimeout as wait } from 'node:timers/promises'

import { Client } from 'pg'

type Options = {
  databaseUrl: string
  names: string[]
  onName: (name: string) => void
  /** Further use of the connection, such as a lock that shows that this process lives. */
  onConnect: (client: Client) => Promise<unknown>
}

const RETRY_MS = 500
const TIMEOUT_MS = 5_000
/** How often the connection is checked: a server that froze or vanished closes nothing. */
const CHECK_MS = 10_000

/**
 * Receives the database's notifications on a connection of its own, for as long as the process
 * lives. A broken connection is reopened, and `onName` is then called for every name, since
 * notifications may have been missed.
 */
export const listen = async (options: Options): Promise<{ close: () => Promise<void> }> => {
  const closing = new AbortController()
  const state: { client: Client | undefined } = { client: undefined }

  const connect = async (): Promise<void> => {
    state.client = await open(options, (lost) => {
      if (state.client === lost) void reconnect()
    })
    for (const name of options.names) options.onName(name)
  }

  const reconnect = async (): Promise<void> => {
    state.client = undefined
    while (!(await isOverOrBack()));
  }

  const isOverOrBack = async (): Promise<boolean> => {
    await wait(RETRY_MS, undefined, { ref: false })
    if (closing.signal.aborted) return true
    return connect().then(
      () => true,
      () => false,
    )
  }

  await connect()
  return {
    close: async () => {
      closing.abort()
      const last = state.client
      state.client = undefined
      await last?.end().catch(() => undefined)
    },
  }
}

const open = async (
  { databaseUrl, names, onConnect, onName }: Options,
  onLost: (client: Client) => void,
): Promise<Client> => {
  const client = new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
    keepAlive: true,
  })
  client.on('notification', ({ channel }) => {
    onName(channel)
  })
  for (const event of ['error', 'end'] as const) {
    client.on(event, () => {
      clearInterval(checks)
      onLost(client)
    })
  }
  const checks = setInterval(() => {
    client.query('select 1').catch(() => {
      client.connection.stream.destroy()
    })
  }, CHECK_MS).unref()
  try {
    await client.connect()
    await onConnect(client)
    for (const name of names) await client.query(`listen ${client.escapeIdentifier(name)}`)
    return client
  } catch (error) {
    clearInterval(checks)
    await client.end().catch(() => undefined)
    throw error
  }
}
