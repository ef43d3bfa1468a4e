import type { Endpoint } from 'payload'

import { createBatch } from './createBatch.ts'
import { downloadBatch } from './downloadBatch.ts'
import { importResults, previewResults } from './importResults.ts'
import { payoutReconciliation } from './reconciliation.ts'

/** The routes below `/api/payout-batches`. */
export const batchEndpoints: Endpoint[] = [
  createBatch,
  previewResults,
  importResults,
  payoutReconciliation,
  downloadBatch,
]
