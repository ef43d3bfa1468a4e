'use client'
import { useEffect, useState } from 'react'

import { usePolled } from '../../../../src/admin/actions/usePolled.ts'
import { PageTurner } from '../../../../src/admin/layout/PageTurner.tsx'
import { SectionHead } from '../../../../src/admin/layout/SectionHead.tsx'
import { TroubleBanner } from '../../../../src/admin/layout/TroubleBanner.tsx'
import type { UnattributedList } from '../../../../src/cashback/attribution/listUnattributed.ts'
import type { Screen } from '../screen.ts'
import { TRANSACTIONS_ANCHOR, TRANSACTIONS_PAGE } from './unattributedPage.ts'
import { mergeDecidedRows } from './mergeDecidedRows.ts'
import { formatListNote } from './describeUnattributed.ts'
import { UnattributedTable } from './UnattributedTable.tsx'
import { useAssignments } from './useAssignments.ts'

/**
 * Scoring compares every click with every transaction, so it is polled less often than the cards.
 */
const EVERY_MS = 15_000

/**
 * The unattributed transactions with suggested members, and the outcomes of the latest decisions.
 */
export const UnattributedSection = ({
  failedAt,
  initial,
  isPaused,
  onDone,
  screen,
}: {
  failedAt: string | null
  /** Null when they could not be read. */
  initial: UnattributedList | null
  isPaused: boolean
  /** Called after each action, because the cards count these transactions, too. */
  onDone: () => void
  screen: Screen
}) => {
  const [page, setPage] = useState(1)
  const {
    figures: list,
    refresh,
    trouble,
  } = usePolled(initial, {
    path: `/network-transactions/unattributed?limit=${TRANSACTIONS_PAGE}&page=${page}`,
    role: 'a member of the staff',
    failedAt,
    everyMs: EVERY_MS,
    isPaused,
  })
  const transactions = useAssignments(() => {
    refresh()
    onDone()
  })
  const showPage = (next: number) => {
    transactions.forget()
    setPage(next)
  }
  const rows = mergeDecidedRows(list?.rows ?? [], transactions.outcomes)
  return (
    <>
      <TransactionsHead list={list} />
      {trouble && <TroubleBanner onRetry={refresh} times={screen.times} trouble={trouble} />}
      {list && rows.length === 0 && <NoTransaction />}
      {rows.length > 0 && (
        <UnattributedTable rows={rows} transactions={transactions} screen={screen} />
      )}
      {list && list.total > 0 && (
        <PageTurner limit={TRANSACTIONS_PAGE} onTurn={showPage} page={page} total={list.total} />
      )}
    </>
  )
}

const TransactionsHead = ({ list }: { list: UnattributedList | null }) => {
  useScrollToHash(TRANSACTIONS_ANCHOR)
  return (
    <SectionHead
      id={TRANSACTIONS_ANCHOR}
      note={list && list.total > 0 ? formatListNote(list) : null}
    >
      Unattributed transactions
    </SectionHead>
  )
}

const NoTransaction = () => (
  <p className="t-empty">
    No unattributed transactions. A transaction without a member appears here, with suggested
    members.
  </p>
)

/** Scrolls to the part of a page that the URL names, because it may render after the page. */
const useScrollToHash = (id: string): void => {
  useEffect(() => {
    if (window.location.hash === `#${id}`) document.getElementById(id)?.scrollIntoView()
  }, [id])
}
