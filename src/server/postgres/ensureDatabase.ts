import { Client } from 'pg'

/** Creates a database unless it is there; two processes may try at once. */
export const ensureDatabase = async (adminUrl: string, name: string): Promise<void> => {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query(`create database ${client.escapeIdentifier(name)}`)
  } catch (error) {
    const { code } = error as { code?: string }
    const isThere = code === '42P04' || code === '23505'
    if (!isThere) throw error
  } finally {
    await client.end()
  }
}
