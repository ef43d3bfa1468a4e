import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'

import express from 'express'
import { Pool } from 'pg'

import { inheritedEnv } from '../../src/config/env.ts'

/**
 * The comparison for click-outs: inserts the same row with one prepared statement, without lookups,
 * sign-in and checks. No click-out can be much faster. It runs in its own process, as the product
 * does.
 */
const { DATABASE_URL, DATABASE_POOL_MAX, RAW_CLICK } = inheritedEnv()
const [member, merchant, network] = (RAW_CLICK ?? '').split(' ')
const pool = new Pool({ connectionString: DATABASE_URL, max: Number(DATABASE_POOL_MAX) })
const app = express()
app.disable('x-powered-by')

app.get('/out/:merchant', async (request, response) => {
  const clickId = randomBytes(14).toString('hex').slice(0, 27)
  const url = `https://track.example.test/go?a=1&p1=${clickId}`
  const now = new Date().toISOString()
  await pool.query({
    name: 'raw-click',
    text: `insert into clicks (id, click_id, member_id, merchant_id, network_id, rate_basis, rate_bps,
        url, is_bot, user_agent, created_at, updated_at)
      values (time_ordered_uuid(), $1, $2, $3, $4, 'commission', 7000, $5, false, $6, $7, $7)`,
    values: [clickId, member, merchant, network, url, request.headers['user-agent'], now],
  })
  response.status(302).set('Location', url).end()
})

const server = app.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
})
process.on('disconnect', () => process.exit())
