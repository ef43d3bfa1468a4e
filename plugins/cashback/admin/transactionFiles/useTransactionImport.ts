'use client'
import { useState } from 'react'

import type { ImportedTransactions } from '../../../../src/cashback/reconciliation/importTransactions.ts'
import type { ImportEffect } from '../../../../src/cashback/reconciliation/previewImport.ts'
import type {
  LineError,
  ReadTransactionFile,
} from '../../../../src/cashback/reconciliation/readTransactionFile.ts'
import { useFileImport } from '../fileImport/useFileImport.ts'

export type TransactionsForm = {
  network: string
  /** A day; empty for a file of today. */
  asOf: string
  file: File | null
}
type Refused = { refused: number; errors: LineError[] }
export type CheckedTransactions = Pick<
  ReadTransactionFile,
  'columns' | 'rows' | 'sample' | 'sheet'
> &
  Refused & {
    effect: ImportEffect
    unmappedStatuses?: { status: string; count: number }[]
  }
/** The outcome of an import with its file and network, because the form is blank by then. */
export type TransactionsDone = ImportedTransactions &
  Refused & { fileName: string; network: string }

/** The state of an import of transactions. The outcome stays until the next file is checked. */
export const useTransactionImport = (network: string) => {
  const [done, setDone] = useState<TransactionsDone | null>(null)
  const file = useFileImport<TransactionsForm, CheckedTransactions, ImportedTransactions & Refused>(
    {
      blank: { network, asOf: '', file: null },
      keep: ({ network: kept }) => ({ network: kept }),
      pathOf: ({ asOf, network: id }, dryRun) => {
        const query = new URLSearchParams({ ...(asOf && { asOf }), dryRun: String(dryRun) })
        return `/networks/${id}/import?${query.toString()}`
      },
    },
  )
  const { form } = file
  return {
    ...file,
    done,
    check: () => {
      setDone(null)
      return file.check()
    },
    confirm: async () => {
      const imported = await file.confirm()
      if (imported) {
        setDone({ ...imported, fileName: form.file?.name ?? '', network: form.network })
      }
    },
  }
}
