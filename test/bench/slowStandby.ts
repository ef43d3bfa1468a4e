import { Client, type Connection } from 'pg'

/** The messages of PostgreSQL's streaming replication, by their first byte. */
const DATA = 'w'
const KEEPALIVE = 'k'

type Walker = Client & { connection: Connection & Sending }
type Sending = { sendCopyFromChunk: (chunk: Buffer) => void }

/**
 * Connects as the synchronous standby of a server. It takes the stream as a standby does, throws it
 * away, and confirms it `delayMs` after it came: as far as commits can tell, a standby at the other
 * end of a line that is so long. `stop` ends it, and commits wait for none again.
 */
export const startSlowStandby = async (
  databaseUrl: string,
  delayMs: number,
): Promise<{ stop: () => Promise<void> }> => {
  const admin = new Client({ connectionString: databaseUrl })
  await admin.connect()
  const standby = new Client({
    connectionString: databaseUrl,
    application_name: 'slow_standby',
    replication: 'true',
  } as never) as Walker
  standby.on('error', () => undefined)
  await standby.connect()
  const { rows } = await standby.query<{ xlogpos: string }>('IDENTIFY_SYSTEM')
  standby.connection.on('copyData', ({ chunk }: { chunk: Buffer }) => {
    const end = readEnd(chunk)
    setTimeout(() => {
      standby.connection.sendCopyFromChunk(confirm(end))
    }, delayMs)
  })
  standby.query(`START_REPLICATION PHYSICAL ${rows[0]?.xlogpos ?? ''}`).catch(() => undefined) // it ends with its connection
  await setNames(admin, 'slow_standby')
  await untilSynchronous(admin)
  return {
    stop: async () => {
      await setNames(admin, '')
      await admin.end()
      await standby.end()
    },
  }
}

/** The position up to which the stream has come. */
const readEnd = (chunk: Buffer): bigint => {
  const type = String.fromCharCode(chunk[0] ?? 0)
  const begin = chunk.readBigUInt64BE(1)
  if (type === DATA) return begin + BigInt(chunk.length - 25)
  if (type === KEEPALIVE) return begin
  throw new Error(`An unknown message of replication: ${type}`)
}

/** A status of a standby that has written, flushed and applied everything up to `end`. */
const confirm = (end: bigint): Buffer => {
  const message = Buffer.alloc(34)
  message.write('r')
  for (const at of [1, 9, 17]) message.writeBigUInt64BE(end, at)
  return message
}

const setNames = async (admin: Client, names: string) => {
  await admin.query(`alter system set synchronous_standby_names = '${names}'`)
  await admin.query('select pg_reload_conf()')
}

const untilSynchronous = async (admin: Client) => {
  for (;;) {
    const { rows } = await admin.query(
      `select 1 from pg_stat_replication where sync_state = 'sync' and state = 'streaming'`,
    )
    if (rows.length > 0) return
  }
}
