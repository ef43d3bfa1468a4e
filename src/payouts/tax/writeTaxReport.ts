import { pipeline, Readable } from 'node:stream'

import { sql } from '@payloadcms/db-postgres'
import { stringify } from 'csv-stringify'

import type { Database } from '../../database/dbIn.ts'
import { escapeFormula } from '../../domain/escapeFormula.ts'
import { toDecimal } from '../../domain/money.ts'
import { decrypt } from '../../platform/encryption.ts'
import { loadSums } from './loadYear.ts'
import { taxIdContext } from './setTaxId.ts'

type ReportQuery = {
  currency: string
  /** The financial year: its first instant and the first one after it. */
  from: Date
  to: Date
  /** The key that opens tax ids; null writes them masked. */
  encryptionKey: Buffer | null
}

const MEMBERS_PER_PAGE = 500

/**
 * Writes the yearly report of deductions as CSV: a line for each member with settled withdrawals
 * that were requested in the year, with a column for each deduction. Decimal amounts, and a byte
 * order mark for spreadsheets. It reads a page when the stream is ready for it and holds no
 * connection meanwhile. Returns the stream; a file without its last line, `Total`, is incomplete.
 */
export const writeTaxReport = async (db: Database, query: ReportQuery): Promise<Readable> => {
  const labels = await listDeductions(db, query)
  const csv = stringify({
    bom: true,
    columns: listColumns(labels),
    header: true,
    record_delimiter: 'windows',
  })
  // An error destroys the stream. A client that disconnects ends the reading.
  pipeline(Readable.from(writeLines(db, query, labels)), csv, () => undefined)
  return csv
}

const listColumns = (labels: string[]): string[] =>
  [
    ['Member', 'Name', 'Tax id country', 'Tax id', 'Currency', 'Credited', 'Gross'],
    labels.map(nameDeduction),
    ['Deducted', 'Fee', 'Net', 'Withdrawals', 'References'],
  ].flat()

/** A prefix keeps a label of an operator from being the name of another column. */
const nameDeduction = (label: string): string => escapeFormula(`Deduction: ${label}`)

type Line = Record<string, string>

async function* writeLines(
  db: Database,
  query: ReportQuery,
  labels: string[],
): AsyncGenerator<Line> {
  const money = (amountMinor: number): string => toDecimal(amountMinor, query.currency)
  const total = new Map<string, number>()
  for await (const { amounts, ...row } of readRows(db, query)) {
    for (const [name, minor] of Object.entries(amounts)) {
      total.set(name, (total.get(name) ?? 0) + minor)
    }
    yield {
      Member: row.member,
      Name: escapeFormula(row.name),
      'Tax id country': row.taxId?.country ?? '',
      'Tax id': row.taxId ? writeTaxId(row.taxId, query.encryptionKey) : '',
      References: row.references.join(' '),
      ...writeAmounts(amounts, labels, money),
      Currency: query.currency,
      Withdrawals: String(row.references.length),
    }
  }
  const sums = writeAmounts(Object.fromEntries(total), labels, money)
  yield { Member: 'Total', Currency: query.currency, ...sums }
}

const writeAmounts = (
  amounts: Record<string, number>,
  labels: string[],
  money: (amountMinor: number) => string,
): Line => {
  const names = ['Credited', 'Gross', ...labels.map(nameDeduction), 'Deducted', 'Fee', 'Net']
  return Object.fromEntries(names.map((name) => [name, money(amounts[name] ?? 0)]))
}

type TaxId = { id: string; country: string; display: string; sealed: string }

const writeTaxId = ({ display, id, sealed }: TaxId, encryptionKey: Buffer | null): string =>
  escapeFormula(encryptionKey ? decrypt(encryptionKey, sealed, taxIdContext(id)) : display)

type Row = {
  member: string
  name: string
  taxId: TaxId | null
  references: string[]
  /** Minor units by column. */
  amounts: Record<string, number>
}

/** Reads the members in the order of their ids, a page at a time. */
async function* readRows(db: Database, query: ReportQuery): AsyncGenerator<Row> {
  const { currency, from, to } = query
  for (let after: string | null = null; ;) {
    const page: StoredRow[] = await loadPage(db, query, after)
    const members = page.map(({ member }) => member)
    const sums = await loadSums(db, { members, currency, from, to })
    const credited = new Map(sums.map(({ creditedMinor, member }) => [member, creditedMinor]))
    for (const row of page) {
      const { deductedMinor, deductions, feeMinor, grossMinor, member, name, netMinor } = row
      const byLabel = Object.entries(deductions).map(
        ([label, minor]) => [nameDeduction(label), minor] as const,
      )
      const amounts = {
        ...Object.fromEntries(byLabel),
        Credited: credited.get(member) ?? 0,
        Gross: grossMinor,
        Deducted: deductedMinor,
        Fee: feeMinor,
        Net: netMinor,
      }
      yield { member, name, taxId: row.taxId, references: row.references, amounts }
    }
    if (page.length < MEMBERS_PER_PAGE) return
    after = members.at(-1) ?? null
  }
}

type StoredRow = {
  member: string
  name: string
  taxId: TaxId | null
  grossMinor: number
  feeMinor: number
  deductedMinor: number
  netMinor: number
  /** Minor units by label. */
  deductions: Record<string, number>
  references: string[]
}

const isReported = ({ currency, from, to }: ReportQuery) => sql`
  w.status = 'settled' and w.currency = ${currency}
  and w.created_at >= ${from.toISOString()} and w.created_at < ${to.toISOString()}`

const loadPage = async (
  db: Database,
  query: ReportQuery,
  after: string | null,
): Promise<StoredRow[]> => {
  const { rows } = await db.execute<StoredRow>(sql`
    with page as (
      select w.member_id as id,
        sum(w.gross_minor)::float8 as gross,
        sum(w.fee_minor)::float8 as fee,
        sum(w.deduction_minor)::float8 as deducted,
        sum(w.net_minor)::float8 as net,
        json_agg(w.reference order by w.created_at, w.reference) as refs
      from withdrawals w
      where ${isReported(query)} and (${after}::uuid is null or w.member_id > ${after}::uuid)
      group by 1
      order by 1
      limit ${MEMBERS_PER_PAGE}
    )
    select p.id::text as member,
      coalesce(u.name, '') as name,
      (select json_build_object('id', t.id, 'country', t.country, 'display', t.display,
          'sealed', t.sealed)
        from tax_ids t where t.member_id = p.id and t.removed_at is null) as "taxId",
      p.gross as "grossMinor",
      p.fee as "feeMinor",
      p.deducted as "deductedMinor",
      p.net as "netMinor",
      coalesce(d.by_label, '{}') as deductions,
      p.refs as "references"
    from page p
    join users u on u.id = p.id
    left join lateral (
      select json_object_agg(x.label, x.minor) as by_label
      from (
        select coalesce(line -> 'rule' ->> 'label', '') as label, sum((line ->> 'amountMinor')::numeric) as minor
        from withdrawals w
        cross join lateral jsonb_array_elements(coalesce(w.quote -> 'deductions', '[]')) line
        where w.member_id = p.id and ${isReported(query)}
        group by 1
      ) x
    ) d on true
    order by p.id`)
  return rows
}

/** The labels of all deductions of the year: the columns have to be known before the first line. */
const listDeductions = async (db: Database, query: ReportQuery): Promise<string[]> => {
  const { rows } = await db.execute<{ label: string }>(sql`
    select distinct coalesce(line -> 'rule' ->> 'label', '') as label
    from withdrawals w
    cross join lateral jsonb_array_elements(coalesce(w.quote -> 'deductions', '[]')) line
    where ${isReported(query)}
    order by 1`)
  return rows.map(({ label }) => label)
}
