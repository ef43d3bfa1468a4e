import type { PayloadRequest } from 'payload'

import { isStaff } from '../../../collections/access.ts'
import { AdminLink } from '../../../src/admin/layout/AdminLink.tsx'
import { countOf } from '../../../src/admin/format/counts.ts'
import { timesIn } from '../../../src/admin/format/times.ts'
import {
  balanceAsOf,
  ledgerNow,
  MAX_MOVES,
  readStatement,
  type Statement,
} from '../../../src/ledger/statements/readStatement.ts'
import { readDb } from '../../../src/database/readDb.ts'
import { AddsUp } from './AddsUp.tsx'
import { checkWallet } from './checkWallet.ts'
import { FilterBar } from './FilterBar.tsx'
import { type Filters, parseFilters } from './parseFilters.ts'
import { loadWallets } from './loadWallets.ts'
import { MovesTable } from './MovesTable.tsx'
import { nameMoves } from './nameMoves.ts'
import { SumStrip } from './SumStrip.tsx'
import { WalletCards } from './WalletCards.tsx'

type Props = { memberId: string; req: PayloadRequest }

/**
 * A member's wallets and statement, and a check of the balance. For staff only; null for everyone
 * else.
 */
export const MemberStatement = async ({ memberId, req }: Props) => {
  if (!isStaff(req)) return null
  const times = timesIn(req.user?.collection === 'users' ? req.user.timeZone : null)
  const { coming, wallets } = await loadWallets(req, memberId)
  const now = await ledgerNow(await readDb(req))
  const filters = parseFilters(req.query, { now, timeZone: times.timeZone, wallets })
  if (!filters) return null
  const check = filters.wallet.id ? await checkWallet(req, filters.wallet.id) : null
  const { asOfMinor, moves, statement } = await readFiltered({ filters, memberId, req })
  const { admin, api } = req.payload.config.routes
  const path = `${admin}/collections/users/${memberId}/statement`
  const { currency } = filters.wallet
  return (
    <div className="t-statement">
      <WalletCards {...{ coming, path, times, wallets }} selected={filters.wallet} />
      <AddsUp {...{ check, currency, now, times }} />
      <FilterBar
        csvPath={`${api}/billing/wallet/statement?${formatCsvQuery(memberId, filters)}`}
        filters={filters}
        kinds={check?.kinds ?? []}
      />
      {filters.problem && (
        <p className="t-badge t-badge--bad">{filters.problem} This month is shown.</p>
      )}
      <SumStrip {...{ asOfMinor, filters, statement, times }} />
      <MovesTable
        adminRoute={admin}
        currency={currency}
        moves={moves}
        opening={
          filters.after === 0 ? { at: filters.from, balanceMinor: statement.openingMinor } : null
        }
        times={times}
      />
      <Footer filters={filters} path={path} statement={statement} />
    </div>
  )
}

const readFiltered = async ({ filters, memberId, req }: Props & { filters: Filters }) => {
  const { after, asOf, from, to, transferKind, wallet } = filters
  const db = await readDb(req)
  const own = { owner: memberId, kind: wallet.kind, currency: wallet.currency }
  const statement = await readStatement(db, {
    ...own,
    from,
    to,
    transferKind,
    after,
    limit: MAX_MOVES,
  })
  return {
    statement,
    moves: await nameMoves(req, memberId, statement.moves),
    asOfMinor: asOf ? await balanceAsOf(db, { ...own, at: asOf }) : null,
  }
}

/** With instants, so that the file covers the days of the viewer's zone. */
const formatCsvQuery = (
  memberId: string,
  { from, isOpen, to, transferKind, wallet }: Filters,
): string =>
  new URLSearchParams({
    format: 'csv',
    member: memberId,
    currency: wallet.currency,
    kind: wallet.kind,
    from: from.toISOString(),
    ...(isOpen ? {} : { to: to.toISOString() }),
    ...(transferKind ? { transferKind } : {}),
  }).toString()

const Footer = ({
  filters,
  path,
  statement,
}: {
  filters: Filters
  path: string
  statement: Statement
}) => {
  const { moves, nextAfter } = statement
  const { typed, transferKind, wallet } = filters
  const next = new URLSearchParams({
    currency: wallet.currency,
    kind: wallet.kind,
    ...typed,
    transferKind: transferKind ?? '',
    after: String(nextAfter ?? ''),
  })
  return (
    <div className="t-section t-muted">
      <p>
        {countOf(moves.length, 'transfer')}
        {transferKind ? ' of this kind' : ''} in this period
        {nextAfter === undefined ? '' : ' so far'}
        {moves.length > 1 ? ', newest first' : ''}
        {nextAfter !== undefined && (
          <>
            . <AdminLink href={`${path}?${next.toString()}`}>The next of this period</AdminLink>
          </>
        )}
      </p>
      <p>Rows are never edited. A correction is a new row.</p>
    </div>
  )
}
