import { sql } from '@payloadcms/db-postgres'
import {
  bigint,
  check,
  customType,
  index,
  integer as int4,
  pgTable,
  text,
  timestamp,
} from '@payloadcms/db-postgres/drizzle/pg-core'

import { type Columns, integer, rules, type SchemaHook, tableOf } from './columns.ts'

/**
 * What the upkeep jobs need: the CHECKs of daily seals and archived pages, an index by the time of
 * posting, and the tables of the sitemap and of the catalogue's version, which only SQL uses.
 */
export const upkeepSchema: SchemaHook = (args) => {
  extendProofs(args)
  extendTransfers(args)
  extendPages(args)
  const { schema } = args
  const tables = { catalogue_version: catalogueVersion, sitemap_files: sitemapFiles }
  return { ...schema, tables: { ...schema.tables, ...tables } as typeof schema.tables }
}

type Extend = (args: Parameters<SchemaHook>[0]) => void

const extendProofs: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'ledger_proofs'),
    columns: {
      transfers: integer('transfers').notNull(),
      auditRows: integer('audit_rows').notNull(),
    },
    extraConfig: rules(
      (
        t: Columns<
          | 'archivedAt'
          | 'archiveFile'
          | 'archiveSha256'
          | 'auditHash'
          | 'day'
          | 'previousSeal'
          | 'seal'
          | 'transfersHash'
        >,
      ) => ({
        day: check('ledger_proofs_day', sql`${t.day} ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'`),
        hashes: check(
          'ledger_proofs_hashes',
          sql`concat_ws(',', ${t.transfersHash}, ${t.auditHash}, ${t.previousSeal}, ${t.seal})
            ~ '^([0-9a-f]{64},){3}[0-9a-f]{64}$'`,
        ),
        archive: check(
          'ledger_proofs_archive_complete',
          sql`num_nulls(${t.archivedAt}, ${t.archiveFile}, ${t.archiveSha256}) in (0, 3)`,
        ),
      }),
    ),
  })
}

/** Rows are added in the order of posting, so the index of blocks is tiny and costs no write. */
const extendTransfers: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'wallet_transactions'),
    extraConfig: rules((t: Columns<'postedAt'>) => ({
      posted: index('wallet_transactions_posted').using('brin', t.postedAt),
    })),
  })
}

const extendPages: Extend = ({ extendTable, schema }) => {
  extendTable({
    table: tableOf(schema.tables, 'network_pages'),
    extraConfig: rules(
      (t: Columns<'archivedAt' | 'archiveFile' | 'archiveSha256' | 'body' | 'observedAt'>) => ({
        kept: check(
          'network_pages_body_kept',
          sql`${t.body} is not null
            or num_nulls(${t.archivedAt}, ${t.archiveFile}, ${t.archiveSha256}) = 0`,
        ),
        unarchived: index('network_pages_unarchived')
          .on(t.observedAt)
          .where(sql`body is not null`),
      }),
    ),
  })
}

/** One row. Its number rises whenever what the public sees of the catalogue changes by a job. */
const catalogueVersion = pgTable(
  'catalogue_version',
  {
    id: int4('id').primaryKey(),
    version: bigint('version', { mode: 'number' }).notNull(),
    raisedAt: timestamp('raised_at', {
      mode: 'string',
      precision: 3,
      withTimezone: true,
    }).notNull(),
  },
  (t) => [check('catalogue_version_one_row', sql`${t.id} = 1`)],
)

const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** The compressed files of the sitemap. 0 is the index; the others are its parts. */
const sitemapFiles = pgTable('sitemap_files', {
  number: int4('number').primaryKey(),
  urls: int4('urls').notNull(),
  body: bytes('body').notNull(),
  sha256: text('sha256').notNull(),
  builtAt: timestamp('built_at', { mode: 'string', precision: 3, withTimezone: true }).notNull(),
})
