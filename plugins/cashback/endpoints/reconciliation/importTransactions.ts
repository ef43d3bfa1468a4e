import type { Endpoint, Payload } from 'payload'
import { z } from 'zod'

import { now } from '../../../../src/platform/clock.ts'
import { DomainError } from '../../../../src/domain/errors.ts'
import { parseInstant } from '../../../../src/ledger/statements/parsePeriod.ts'
import { type CsvMapping, csvMapping } from '../../../../src/cashback/networks/csv/csvMapping.ts'
import { NetworkError } from '../../../../src/cashback/networks/NetworkError.ts'
import { importTransactions as importFile } from '../../../../src/cashback/reconciliation/importTransactions.ts'
import { previewImport } from '../../../../src/cashback/reconciliation/previewImport.ts'
import { readTransactionsInChild } from '../../../../src/cashback/reconciliation/child/readFileInChild.ts'
import type { NetworkRow } from '../../../../src/cashback/ingestion/networkStore.ts'
import { openNetwork } from '../../../../src/cashback/ingestion/sync/openNetwork.ts'
import { parseQuery } from '../../../http/parseQuery.ts'
import { readFileBody } from '../../readFileBody.ts'
import { requireFinance } from '../../../http/requireRole.ts'
import { requireNetwork } from './requireNetwork.ts'

const Query = z.object({
  dryRun: z.enum(['true', 'false']).default('false'),
  asOf: z.string().optional(),
})

/**
 * `POST /api/networks/:id/import?dryRun&asOf`: imports a file of transactions, sent as text/csv or as
 * a workbook, of a network that is read from files. A dry run previews the import and writes nothing:
 * the columns, the first rows as read, what is refused, and what would be credited. `asOf` is the
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
    const mapping = requireMapping(req.payload, row)
    const bytes = await readFileBody(req)
    const transactions = await readTransactionsInChild({ bytes, mapping }, { signal: req.signal })
    const { columns, errors, pages, refused, rows, sample, sheet, unmappedStatuses } = transactions
    if (query.dryRun === 'true') {
      const options = { network: row.id, observedAt, pages, signal: req.signal }
      const effect = await previewImport(req.payload, options)
      return Response.json({
        rows,
        refused,
        errors,
        unmappedStatuses,
        sample,
        columns,
        sheet,
        effect,
      })
    }
    const imported = await importFile(req, { network: row.id, transactions, observedAt })
    return Response.json({ ...imported, refused, errors, unmappedStatuses })
  },
}

const readAsOf = (given: string | undefined): Date => {
  const at = given ? parseInstant(given, { edge: 'begins', field: 'asOf', timeZone: 'UTC' }) : now()
  if (at <= now()) return at
  throw new DomainError('request.malformed-value', 'The time of a file must be past.', {
    field: 'asOf',
  })
}

/** The mapping of the network's files, if its settings are those of a network with files. */
const requireMapping = (payload: Payload, row: NetworkRow): CsvMapping => {
  if (row.adapter !== 'csv') {
    throw new DomainError('network.no-files', 'This network is read by its API, not from files.')
  }
  try {
    openNetwork(payload, row)
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error
    throw new DomainError(
      'network.no-mapping',
      `Set the mapping of its files first: ${error.message}.`,
    )
  }
  return csvMapping.parse((row.settings as { mapping?: unknown }).mapping)
}
