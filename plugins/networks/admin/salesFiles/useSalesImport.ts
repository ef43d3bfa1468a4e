'use client'
import { useState } from 'react'

import type { ImportedSales } from '../../../../src/reconciliation/importSales.ts'
import type { LineError, ReadSales } from '../../../../src/reconciliation/readSales.ts'
import { useFileImport } from '../fileImport/useFileImport.ts'

export type SalesForm = {
  network: string
  /** A day; empty for a file of now. */
  asOf: string
  file: File | null
}
type Refused = { refused: number; errors: LineError[] }
export type CheckedSales = Pick<ReadSales, 'rows' | 'sample'> & Refused
/** What became of a file, and which one it was: the form is blank by then. */
export type SalesDone = ImportedSales & Refused & { fileName: string; network: string }

/** A file of sales on its way in; what became of it stays until the next one is checked. */
export const useSalesImport = (network: string) => {
  const [done, setDone] = useState<SalesDone | null>(null)
  const file = useFileImport<SalesForm, CheckedSales, ImportedSales & Refused>({
    blank: { network, asOf: '', file: null },
    keep: ({ network: kept }) => ({ network: kept }),
    pathOf: ({ asOf, network: id }, dryRun) => {
      const query = new URLSearchParams({ ...(asOf && { asOf }), dryRun: String(dryRun) })
      return `/networks/${id}/import?${query.toString()}`
    },
  })
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
