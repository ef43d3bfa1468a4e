import type { Endpoint, Payload } from 'payload'
import { z } from 'zod'

import { now } from '../../../../src/platform/clock.ts'
import { DomainError } from '../../../../src/domain/errors.ts'
import { parseInstant } from '../../../../src/ledger/statements/parsePeriod.ts'
import type { CsvMapping } from '../../../../src/cashback/networks/csv/csvMapping.ts'
import { NetworkError } from '../../../../src/cashback/networks/NetworkError.ts'
import { importTransactions as importFile } from '../../../../src/cashback/reconciliation/importTransactions.ts'
import {
  type FileMapping,
  readTransactionFile,
} from '../../../../src/cashback/reconciliation/readTransactionFile.ts'
import type { NetworkRow } from '../../../../src/cashback/ingestion/networkStore.ts'
import { openNetwork } from '../../../../src/cashback/ingestion/sync/openNetwork.ts'
import { parseQuery } from '../../../http/parseQuery.ts'
import { readCsvBody } from '../../readCsvBody.ts'
import { requireFinance } from '../../../http/requireRole.ts'
import { requireNetwork } from './requireNetwork.ts'

const Query = z.object({
  dryRun: z.enum(['true', 'false']).default('false'),
  asOf: z.string().optional(),
})
const MAX_ERRORS = 500

/**
 * `POST /api/networks/:id/import?dryRun&asOf`: imports a file of transactions, sent as text/csv, of a
 * network that is read from files. A dry run previews the import and writes nothing. `asOf` is the
 * time when the file was made (default: now), so that an old file does not replace newer
 * observations.
 */
export const importTransactions: Endpoint = {
  path: '/:id/import',
  method: 'post',
  handler: async (req) => {
    requireFinance(req)
    const query = parseQuery(req, Query)
    const observedAt = readAsOf(query.asOf)
    const row = await requireNetwork(req)
    const network = openFileNetwork(req.payload, row)
    const transactions = await readTransactionFile(await readCsvBody(req), {
      network,
      mapping: readMapping(row),
    })
    const errors = transactions.errors.slice(0, MAX_ERRORS)
    const refused = transactions.errors.length
    if (query.dryRun === 'true') {
      return Response.json({
        rows: transactions.rows,
        refused,
        errors,
        sample: transactions.sample,
      })
    }
    return Response.json({
      ...(await importFile(req, { network: row.id, transactions, observedAt })),
      refused,
      errors,
    })
  },
}

const readAsOf = (given: string | undefined): Date => {
  const at = given ? parseInstant(given, { edge: 'begins', field: 'asOf', timeZone: 'UTC' }) : now()
  if (at <= now()) return at
  throw new DomainError('request.malformed-value', 'The time of a file must be past.', {
    field: 'asOf',
  })
}

const openFileNetwork = (payload: Payload, row: NetworkRow) => {
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

/** The settings are valid here: the network was opened with them. */
const readMapping = ({ settings }: NetworkRow): FileMapping => {
  const { mapping } = settings as { mapping: Pick<CsvMapping, 'columns'> & Partial<CsvMapping> }
  return { delimiter: mapping.delimiter ?? ',', columns: Object.values(mapping.columns) }
}
