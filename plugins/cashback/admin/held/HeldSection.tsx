'use client'
import { useConfig } from '@payloadcms/ui'

import { formatCount } from '../../../../src/admin/format/counts.ts'
import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import { SectionHead } from '../../../../src/admin/layout/SectionHead.tsx'
import { Sign } from '../../../../src/admin/status/Sign.tsx'
import type { HeldForReview } from '../../../../src/cashback/ingestion/overview/listHeld.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import type { Screen } from '../screen.ts'
import { DecideHeld } from './DecideHeld.tsx'

/** The credits that wait for a second person, with its decision. Nothing if none waits. */
export const HeldSection = ({ held, screen }: { held: HeldForReview[]; screen: Screen }) =>
  held.length === 0 ? null : (
    <section aria-label="Credits that wait for a second person">
      <SectionHead note={`${formatCount(held.length)} to decide`}>
        Wait for a second person
      </SectionHead>
      <Scroll label="Credits that wait for a second person">
        <table className="t-table">
          <thead>
            <tr>
              <th scope="col">Cause</th>
              <th scope="col">Network</th>
              <th scope="col">Credits</th>
              <th scope="col">Requested</th>
              <th scope="col">Decision</th>
            </tr>
          </thead>
          <tbody>
            {held.map((one) => (
              <HeldRow held={one} key={one.id} screen={screen} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  )

const HeldRow = ({ held, screen }: { held: HeldForReview; screen: Screen }) => {
  const { config } = useConfig()
  const { createdAt, credits, id, kind, members, network, orders } = held
  const slug = kind === 'import' ? 'file-imports' : 'transaction-assignments'
  return (
    <tr>
      <td>
        <AdminLink href={`${config.routes.admin}/collections/${slug}/${id}`}>
          {kind === 'import' ? 'Import of a file' : 'Assignment that grew'}
        </AdminLink>
      </td>
      <td>{network}</td>
      <td>
        {formatCredits(credits)}
        <span className="t-sub">
          {formatCount(orders)} {orders === 1 ? 'order' : 'orders'} of {formatCount(members)}{' '}
          {members === 1 ? 'member' : 'members'}
        </span>
      </td>
      <td>
        {held.requestedByName ?? 'the command line'}
        <span className="t-sub">{screen.times.minute(createdAt)}</span>
      </td>
      <td>
        {held.requestedBy === screen.viewer.id || !screen.viewer.mayAct ? (
          <span className="t-idle">
            <Sign name="clock" />
            Waits for a second person
          </span>
        ) : (
          <DecideHeld held={held} onDone={screen.onDone} />
        )}
      </td>
    </tr>
  )
}

const formatCredits = (credits: HeldForReview['credits']): string =>
  credits.map(({ amountMinor, currency }) => formatMoney(amountMinor, currency)).join(' · ')
