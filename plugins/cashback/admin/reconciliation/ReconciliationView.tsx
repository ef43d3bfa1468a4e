import { ShimmerEffect } from '@payloadcms/ui'
import type { AdminViewServerProps } from 'payload'
import { type ReactNode, Suspense } from 'react'

import { AdminView } from '../../../adminViews/AdminView.tsx'
import { TRANSACTIONS_FILES_ID } from '../salesFiles/transactionFilesHref.ts'
import { TransactionFilesSection } from '../salesFiles/TransactionFilesSection.tsx'
import { AheadSection } from './AheadSection.tsx'
import { DaysSection } from './DaysSection.tsx'
import { OwedSection } from './OwedSection.tsx'
import { StatementsSection } from './StatementsSection.tsx'

/** `/admin/reconciliation`: what do networks owe us, what did they pay, and what is missing? */
export const ReconciliationView = (view: AdminViewServerProps) => {
  const { req } = view.initPageResult
  const query = view.searchParams ?? {}
  return (
    <AdminView
      audience="staff"
      className="t-recon"
      label="Reconciliation"
      path="/reconciliation"
      view={view}
    >
      <h1>Reconciliation</h1>
      <Part height={180} name="What networks owe us">
        <OwedSection req={req} />
      </Part>
      <Part height={320} name="Payment statements">
        <StatementsSection req={req} />
      </Part>
      <div className="t-recon__part" id={TRANSACTIONS_FILES_ID}>
        <Part height={200} name="Transactions from files">
          <TransactionFilesSection query={query} req={req} />
        </Part>
      </div>
      <Part height={140} name="Paid before we were paid">
        <AheadSection req={req} />
      </Part>
      <Part height={420} name="Theirs and ours, day by day">
        <DaysSection query={query} req={req} />
      </Part>
    </AdminView>
  )
}

/** A part that is read on its own, in about the size that it will have. */
const Part = ({
  children,
  height,
  name,
}: {
  children: ReactNode
  height: number
  name: string
}) => (
  <Suspense
    fallback={
      <div aria-busy="true" aria-label={`${name}: being read`} className="t-recon__loading">
        <ShimmerEffect height={height} width="100%" />
      </div>
    }
  >
    {children}
  </Suspense>
)
