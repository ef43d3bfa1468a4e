import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto'

import { Client } from 'pg'

export type Senders = {
  /** The `Authorization` header of a machine that may write payments. */
  authorization: string
  /** The id of a member who was referred. */
  buyer: string
}

/**
 * Inserts a machine, a member and the member's referrer by SQL, for a product that this process does
 * not run. `secret` is the `PAYLOAD_SECRET` of its processes.
 */
export const insertSenders = async (databaseUrl: string, secret: string): Promise<Senders> => {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  const [machine, referrer, buyer] = [randomUUID(), randomUUID(), randomUUID()]
  const apiKey = randomBytes(24).toString('hex')
  try {
    await client.query(
      `insert into service_accounts (id, name, enable_a_p_i_key, api_key_index)
       values ($1, 'machine', true, $2)`,
      [machine, indexOf(apiKey, secret)],
    )
    await client.query(
      `insert into service_accounts_scopes ("order", parent_id, value, id)
       values (1, $1, 'payments:write', $2)`,
      [machine, randomUUID()],
    )
    await client.query(
      `insert into users (id, name, email, role, affiliate_active, invite_code, referred_by_id,
         email_verified_at, created_at, updated_at)
       select p.id, 'proof', p.id || '@proof.test', 'member', true,
         upper(replace(p.id::text, '-', '')), p.referrer, now(), now(), now()
       from (values ($1::uuid, null::uuid), ($2::uuid, $1::uuid)) p (id, referrer)`,
      [referrer, buyer],
    )
  } finally {
    await client.end()
  }
  return { authorization: `service-accounts API-Key ${apiKey}`, buyer }
}

/** As Payload finds a key: by a digest under the first half of its own secret's digest. */
const indexOf = (apiKey: string, secret: string): string => {
  const key = createHash('sha256').update(secret).digest('hex').slice(0, 32)
  return createHmac('sha256', key).update(apiKey).digest('hex')
}
