'use client'
import { useState } from 'react'

import { PageTurner } from '../../../../src/admin/PageTurner.tsx'
import { SectionHead } from '../../../../src/admin/SectionHead.tsx'
import { TroubleBanner } from '../../../../src/admin/TroubleBanner.tsx'
import { usePolled } from '../../../../src/admin/usePolled.ts'
import type { OrphanList } from '../../../../src/orphans/listOrphans.ts'
import { SALES_ANCHOR, SALES_PAGE } from '../salesPage.ts'
import type { Screen } from '../screen.ts'
import { rowsToShow } from './rowsToShow.ts'
import { SalesTable } from './SalesTable.tsx'
import { listNote } from './saleWords.ts'
import { useLanding } from './useLanding.ts'
import { useSales } from './useSales.ts'

/** Scores look at each click before each sale: read less often than the cards. */
const EVERY_MS = 15_000

/** Sales that belong to nobody: whose may each be, and what became of those just decided. */
export const SalesSection = ({
  failedAt,
  initial,
  isResting,
  onDone,
  screen,
}: {
  failedAt: string | null
  /** Null: they could not be read. */
  initial: OrphanList | null
  isResting: boolean
  /** Told of each deed, for the cards count these sales too. */
  onDone: () => void
  screen: Screen
}) => {
  const [page, setPage] = useState(1)
  const {
    figures: list,
    refresh,
    trouble,
  } = usePolled(initial, {
    path: `/network-transactions/orphans?limit=${SALES_PAGE}&page=${page}`,
    whom: 'member of the staff',
    failedAt,
    everyMs: EVERY_MS,
    isResting,
  })
  const sales = useSales(() => {
    refresh()
    onDone()
  })
  const turn = (next: number) => {
    sales.forget()
    setPage(next)
  }
  const rows = rowsToShow(list?.rows ?? [], sales.outcomes)
  return (
    <>
      <SalesHead list={list} />
      {trouble && <TroubleBanner onRetry={refresh} times={screen.times} trouble={trouble} />}
      {list && rows.length === 0 && <NoSale />}
      {rows.length > 0 && <SalesTable rows={rows} sales={sales} screen={screen} />}
      {list && list.total > 0 && (
        <PageTurner limit={SALES_PAGE} onTurn={turn} page={page} total={list.total} />
      )}
    </>
  )
}

const SalesHead = ({ list }: { list: OrphanList | null }) => {
  useLanding(SALES_ANCHOR)
  return (
    <SectionHead id={SALES_ANCHOR} note={list && list.total > 0 ? listNote(list) : null}>
      Sales without a click
    </SectionHead>
  )
}

const NoSale = () => (
  <p className="t-queues__none">
    No sale waits for a member. One that comes without a click will be here, with who may have made
    it.
  </p>
)
