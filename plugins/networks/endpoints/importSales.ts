import type { Endpoint, Payload } from 'payload'
import { z } from 'zod'

import { now } from '../../../src/clock.ts'
import { DomainError } from '../../../src/domain/errors.ts'
import { instantOf } from '../../../src/ledger/statementPeriod.ts'
import type { CsvMapping } from '../../../src/networks/csv/csvMapping.ts'
import { NetworkError } from '../../../src/networks/NetworkError.ts'
import { importSales as importFile } from '../../../src/reconciliation/importSales.ts'
import { readSales } from '../../../src/reconciliation/readSales.ts'
import type { NetworkRow } from '../../../src/sync/networkRow.ts'
import { openNetwork } from '../../../src/sync/openNetwork.ts'
import { queryOf } from '../../wallets/walletAsked.ts'
import { fileOf } from '../fileOf.ts'
import { requireFinance } from '../../requireFinance.ts'
import { networkAsked } from '../networkAsked.ts'

const Query = z.object({
  dryRun: z.enum(['true', 'false']).default('false'),
  asOf: z.string().optional(),
})
const MOST_ERRORS = 500

/**
 * `POST /api/networks/:id/import?dryRun&asOf`: a file of sales, as text/csv, of a network that is
 * read from files. A dry run tells what would come in and writes nothing. `asOf` is when the file
 * was made, so that an old one does not overrule what is known since; else now.
 */
export const importSales: Endpoint = {
  path: '/:id/import',
  method: 'post',
  handler: async (req) => {
    requireFinance(req)
    const query = queryOf(req, Query)
    const observedAt = asOf(query.asOf)
    const row = await networkAsked(req)
    const network = fileNetwork(req.payload, row)
    const sales = await readSales(await fileOf(req), { network, delimiter: delimiterOf(row) })
    const errors = sales.errors.slice(0, MOST_ERRORS)
    const refused = sales.errors.length
    if (query.dryRun === 'true') {
      return Response.json({ rows: sales.rows, refused, errors, sample: sales.sample })
    }
    return Response.json({
      ...(await importFile(req, { network: row.id, sales, observedAt })),
      refused,
      errors,
    })
  },
}

const asOf = (given: string | undefined): Date => {
  const at = given ? instantOf(given, { edge: 'begins', field: 'asOf', timeZone: 'UTC' }) : now()
  if (at <= now()) return at
  throw new DomainError('request.malformed-value', 'A file cannot be of a time to come.', {
    field: 'asOf',
  })
}

const fileNetwork = (payload: Payload, row: NetworkRow) => {
  if (row.adapter !== 'csv') {
    throw new DomainError('network.no-files', 'This network is read by its API, not from files.')
  }
  try {
    return openNetwork(payload, row)
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error
    throw new DomainError(
      'network.no-mapping',
      `Set the mapping of its files first: ${error.message}.`,
    )
  }
}

/** Known to be there: the network was opened by these settings. */
const delimiterOf = ({ settings }: NetworkRow): string =>
  (settings as { mapping?: Partial<CsvMapping> } | null)?.mapping?.delimiter ?? ','
