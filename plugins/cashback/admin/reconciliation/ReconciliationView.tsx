import { ShimmerEffect } from '@payloadcms/ui'
import type { AdminViewServerProps } from 'payload'
import { type ReactNode, Suspense } from 'react'

import { AdminView } from '../../../adminViews/AdminView.tsx'
import { TRANSACTIONS_FILES_ID } from '../transactionFiles/transactionFilesHref.ts'
import { TransactionFilesSection } from '../transactionFiles/TransactionFilesSection.tsx'
import { PaidAheadSection } from './PaidAheadSection.tsx'
import { DaysSection } from './DaysSection.tsx'
import { OwedSection } from './OwedSection.tsx'
import { StatementsSection } from './StatementsSection.tsx'
import { UnmatchedSection } from './UnmatchedSection.tsx'

/** `/admin/reconciliation`: what networks owe, what they paid, and the difference. */
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
      <Part height={140} name="Reversals and statement lines without a partner">
        <UnmatchedSection req={req} />
      </Part>
      <Part height={140} name="Credited before the network paid">
        <PaidAheadSection req={req} />
      </Part>
      <Part height={420} name="Reconciliation by day">
        <DaysSection query={query} req={req} />
      </Part>
    </AdminView>
  )
}

/** A part that loads on its own, with a placeholder of about its size. */
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
      <div aria-busy="true" aria-label={`${name}: loading`} className="t-recon__loading">
        <ShimmerEffect height={height} width="100%" />
      </div>
    }
  >
    {children}
  </Suspense>
)
