import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'

import { decrypt, encrypt } from '../encryption.ts'
import { readerOf } from '../ledger/readerOf.ts'
import type { Wiring } from '../networks/index.ts'
import { credentialsOf } from './credentialsOf.ts'
import { holdLock } from './holdLock.ts'
import type { NetworkRow } from './networkRow.ts'
import { networksOf } from './networksOf.ts'

type TokenStore = Required<Pick<Wiring, 'alone' | 'loadTokens' | 'onTokens'>>

/** Longer than it takes another process to renew them, with all its tries. */
const WAIT_MS = 120_000

/**
 * Keeps a network's tokens in its row, sealed. One process at a time renews them, by a lock of the
 * session: no transaction waits for the network meanwhile.
 */
export const tokenStore = (payload: Payload, { adapter, id }: NetworkRow): TokenStore => {
  const { encryptionKey: key } = networksOf(payload)
  return {
    loadTokens: async () => {
      const db = await readerOf({ payload })
      const { rows } = await db.execute<{ tokens: string | null }>(
        sql`select tokens from networks where id = ${id}`,
      )
      const sealed = rows[0]?.tokens
      return sealed ? (JSON.parse(decrypt(key, sealed, credentialsOf(adapter))) as never) : null
    },
    onTokens: async (tokens: object) => {
      const db = await readerOf({ payload })
      const sealed = encrypt(key, JSON.stringify(tokens), credentialsOf(adapter))
      await db.execute(sql`update networks set tokens = ${sealed} where id = ${id}`)
    },
    alone: async <Value>(work: () => Promise<Value>, signal: AbortSignal): Promise<Value> => {
      const lock = { payload, name: `tokens:${id}`, signal, waitMs: WAIT_MS }
      const done = await holdLock(lock, async () => ({ value: await work() }))
      if (!done) throw new Error('another process renews the tokens for too long')
      return done.value
    },
  }
}
