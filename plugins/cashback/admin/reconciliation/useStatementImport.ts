'use client'
import { toast } from '@payloadcms/ui'

import { countOf } from '../../../../src/admin/format/counts.ts'
import type { PayoutSummary } from '../../../../src/cashback/reconciliation/importStatement.ts'
import type { ReadPayout } from '../../../../src/cashback/reconciliation/readPayout.ts'
import type { LineError } from '../../../../src/cashback/reconciliation/readTransactionFile.ts'
import { useFileImport } from '../fileImport/useFileImport.ts'

export type StatementForm = {
  network: string
  reference: string
  paidAt: string
  currency: string
  file: File | null
}
export type Checked = PayoutSummary &
  Pick<ReadPayout, 'columns' | 'errors' | 'refused' | 'sheet'> & {
    /** Lines that are no payments. */
    ignored?: LineError[]
  }

type Imported = PayoutSummary & { isRepeated: boolean }

const describeImport = ({ isRepeated, lines, matched }: Imported): string =>
  isRepeated
    ? 'This statement was imported before. Nothing was changed.'
    : `${countOf(lines, 'line')} imported, ${matched} matched.`

/** The state of a statement's import. A toast shows the result. */
export const useStatementImport = (network: string) => {
  const file = useFileImport<StatementForm, Checked, Imported>({
    blank: { network, reference: '', paidAt: '', currency: 'INR', file: null },
    keep: ({ currency, network: kept }) => ({ currency, network: kept }),
    pathOf: ({ currency, network: id, paidAt, reference }, dryRun) => {
      const query = new URLSearchParams({ reference, paidAt, currency, dryRun: String(dryRun) })
      return `/networks/${id}/statements?${query.toString()}`
    },
  })
  return {
    ...file,
    confirm: async () => {
      const done = await file.confirm()
      if (done) toast.success(describeImport(done))
    },
  }
}
