import { randomUUID } from 'node:crypto'

import { Client } from 'pg'

import { inheritedEnv } from '../../src/config/env.ts'
import { TEMPLATE } from './startTestServer.ts'

/** Creates a migrated database of its own for a test file. Returns its URL. */
export const cloneDatabase = async (template: string = TEMPLATE): Promise<string> => {
  const server = inheritedEnv().TEST_SERVER_URL
  if (!server) throw new Error('Run the tests with "npm test": it starts their PostgreSQL.')
  const name = `t_${randomUUID().replaceAll('-', '')}`
  const client = new Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(`create database ${name} template ${template}`)
  } finally {
    await client.end()
  }
  return server.replace(/\/[^/]+$/, `/${name}`)
}
