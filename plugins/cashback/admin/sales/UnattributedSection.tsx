'use client'
import { useState } from 'react'

import { PageTurner } from '../../../../src/admin/layout/PageTurner.tsx'
import { SectionHead } from '../../../../src/admin/layout/SectionHead.tsx'
import { TroubleBanner } from '../../../../src/admin/layout/TroubleBanner.tsx'
import { usePolled } from '../../../../src/admin/actions/usePolled.ts'
import type { UnattributedList } from '../../../../src/cashback/attribution/listUnattributed.ts'
import { TRANSACTIONS_ANCHOR, TRANSACTIONS_PAGE } from '../unattributedPage.ts'
import type { Screen } from '../screen.ts'
import { rowsToShow } from './rowsToShow.ts'
import { UnattributedTable } from './UnattributedTable.tsx'
import { listNote } from './saleWords.ts'
import { useLanding } from './useLanding.ts'
import { useUnattributed } from './useUnattributed.ts'

/** Scores look at each click before each transaction: read less often than the cards. */
const EVERY_MS = 15_000

/** Transactions that belong to nobody: whose may each be, and what became of those just decided. */
export const UnattributedSection = ({
  failedAt,
  initial,
  isResting,
  onDone,
  screen,
}: {
  failedAt: string | null
  /** Null: they could not be read. */
  initial: UnattributedList | null
  isResting: boolean
  /** Told of each deed, for the cards count these transactions too. */
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
    whom: 'member of the staff',
    failedAt,
    everyMs: EVERY_MS,
    isResting,
  })
  const transactions = useUnattributed(() => {
    refresh()
    onDone()
  })
  const turn = (next: number) => {
    transactions.forget()
    setPage(next)
  }
  const rows = rowsToShow(list?.rows ?? [], transactions.outcomes)
  return (
    <>
      <TransactionsHead list={list} />
      {trouble && <TroubleBanner onRetry={refresh} times={screen.times} trouble={trouble} />}
      {list && rows.length === 0 && <NoTransaction />}
      {rows.length > 0 && (
        <UnattributedTable rows={rows} transactions={transactions} screen={screen} />
      )}
      {list && list.total > 0 && (
        <PageTurner limit={TRANSACTIONS_PAGE} onTurn={turn} page={page} total={list.total} />
      )}
    </>
  )
}

const TransactionsHead = ({ list }: { list: UnattributedList | null }) => {
  useLanding(TRANSACTIONS_ANCHOR)
  return (
    <SectionHead id={TRANSACTIONS_ANCHOR} note={list && list.total > 0 ? listNote(list) : null}>
      Transactions without a click
    </SectionHead>
  )
}

const NoTransaction = () => (
  <p className="t-queues__none">
    No transaction waits for a member. One that comes without a click will be here, with who may
    have made it.
  </p>
)
