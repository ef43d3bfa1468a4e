import fs from 'node:fs'

import type { CsvMapping } from '../../src/cashback/networks/csv/csvMapping.ts'
import { readTransactionFile } from '../../src/cashback/reconciliation/readTransactionFile.ts'

/** What is sent for each file: whether it was read, or the code of the refusal. */
export type FileOutcome = { outcome: string; peakMb: number }

/**
 * A child process that reads many files, one after another, for a test of what a file may do: the
 * product starts one for each file, which takes longer than to read it. The mapping is its argument.
 */
process.on('message', (bytes: Uint8Array) => {
  const mapping = JSON.parse(process.argv[2] ?? '{}') as CsvMapping
  void readTransactionFile(bytes, mapping, () => undefined)
    .then(() => 'read')
    .catch((error: unknown) => {
      const { code, name } = error as { code?: string; name: string }
      if (name !== 'DomainError') throw error
      return code
    })
    .then((outcome) => process.send?.({ outcome, peakMb: readPeakMb() }))
})
process.on('disconnect', () => process.exit())

/**
 * The highest resident size of this process until now. Linux keeps it (proc(5), VmHWM); what
 * `resourceUsage` has there begins with the size of the parent.
 */
const readPeakMb = (): number => {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024
  const status = fs.readFileSync('/proc/self/status', 'utf8')
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) / 1024
}
