import type { CsvMapping } from '../../networks/csv/csvMapping.ts'
import type { TransactionPage } from '../../networks/types.ts'
import type { PayoutOptions, ReadPayout } from '../readPayout.ts'
import type { ReadTransactionFile } from '../readTransactionFile.ts'

/** What a child process is to read. */
export type FileTask =
  | { kind: 'transactions'; bytes: Uint8Array; mapping: CsvMapping }
  | { kind: 'payout'; bytes: Uint8Array; options: PayoutOptions }

/** What a child process sends: that it begins, pages, and at last one of the others. */
export type ChildMessage =
  | { kind: 'begun' }
  | { kind: 'page'; page: TransactionPage }
  | { kind: 'read'; result: ReadPayout | Omit<ReadTransactionFile, 'pages'> }
  | { kind: 'refused'; code: string; message: string; details: Record<string, unknown> }
  /** An error that is no refusal. */
  | { kind: 'failed'; message: string }
