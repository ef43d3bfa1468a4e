import fs from 'node:fs/promises'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'

import { generateSchema } from '@payloadcms/graphql/utilities'
import { generateImportMap, getPayload, type Payload } from 'payload'
import { generateTypes } from 'payload/node'

import { provideEnv, readEnv } from '../config/env.ts'
import { projectRoot } from '../platform/projectRoot.ts'

const FILES = [
  'src/payload-types.ts',
  'src/app/(payload)/admin/importMap.js',
  'docs/schema.graphql',
]

/**
 * Writes the files that are generated from the configuration and returns those that were stale.
 * With `checkOnly` nothing stays changed, and a schema change without its migration counts as stale
 * too.
 */
export const generateFiles = async ({ checkOnly }: { checkOnly: boolean }): Promise<string[]> => {
  provideEnv({
    PAYLOAD_SECRET: readEnv().PAYLOAD_SECRET ?? 'only-while-generating-never-used-to-sign',
  })
  const { default: config } = await import('../../payload.config.ts')
  const payload = await getPayload({ config, disableDBConnect: true, disableOnInit: true })

  const before = await readAll()
  await generateTypes(payload.config, { log: false })
  await generateImportMap(payload.config, { log: false, force: true })
  generateSchema(payload.config)
  const after = await readAll()

  const stale = FILES.filter((_, index) => before[index] !== after[index])
  if (!checkOnly) return stale
  for (const [index, file] of FILES.entries()) {
    if (stale.includes(file)) await fs.writeFile(inRoot(file), before[index] ?? '')
  }
  return [...stale, ...(await missingMigration(payload))]
}

const inRoot = (file: string) => path.join(projectRoot(), file)

const readAll = () =>
  Promise.all(FILES.map((file) => fs.readFile(inRoot(file), 'utf8').catch(() => '')))

type Snapshot = { tables: Record<string, unknown>; enums: Record<string, unknown> }

/** Compares the schema with the snapshot that came with the latest migration. */
const missingMigration = async (payload: Payload): Promise<string[]> => {
  const adapter = payload.db as unknown as {
    schema: unknown
    requireDrizzleKit: () => { generateDrizzleJson: (schema: unknown) => Promise<Snapshot> }
  }
  const now = await adapter.requireDrizzleKit().generateDrizzleJson(adapter.schema)
  const snapshots = (await fs.readdir(inRoot('src/database/migrations'))).filter((f) =>
    f.endsWith('.json'),
  )
  const latest = snapshots.sort().at(-1) ?? ''
  const before = JSON.parse(
    await fs.readFile(inRoot(`src/database/migrations/${latest}`), 'utf8'),
  ) as Snapshot
  return (['tables', 'enums'] as const).flatMap((part) =>
    [...new Set([...Object.keys(before[part]), ...Object.keys(now[part])])]
      .filter((name) => !isDeepStrictEqual(plain(before[part][name]), plain(now[part][name])))
      .map((name) => `src/database/migrations has no migration yet for ${name}`),
  )
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null))
