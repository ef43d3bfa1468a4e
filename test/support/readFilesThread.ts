import { parentPort, workerData } from 'node:worker_threads'

import type { CsvMapping } from '../../src/cashback/networks/csv/csvMapping.ts'
import { readTransactionFile } from '../../src/cashback/reconciliation/readTransactionFile.ts'

/**
 * A thread that reads many files, one after another, for a test of what a file may do: the product
 * starts one for each file, which takes longer than to read it. Answers the outcome of each.
 */
parentPort?.on('message', (bytes: Uint8Array) => {
  void readTransactionFile(bytes, workerData as CsvMapping, () => undefined)
    .then(() => 'read')
    .catch((error: unknown) => {
      const { code, name } = error as { code?: string; name: string }
      if (name !== 'DomainError') throw error
      return code
    })
    .then((outcome) => parentPort?.postMessage(outcome))
})
