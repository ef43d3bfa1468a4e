import { formatCount } from '../../../src/admin/format/counts.ts'
import { AdminLink } from '../../../src/admin/layout/AdminLink.tsx'
import { formatMoney } from '../../../src/domain/money.ts'
import type { DeskCounts } from '../../../src/payouts/desk/countDesk.ts'
import { DESK_TABS, type DeskTab } from '../../../src/payouts/desk/deskQuery.ts'
import { DESK_PATH, deskHref, type DeskScreen } from './deskScreen.ts'
import { KIND_LABELS, TAB_LABELS } from './labels.ts'

type Props = { counts: DeskCounts; screen: DeskScreen }

/** The title with what waits, the tabs with their counts, and the filters. */
export const DeskHead = ({ counts, screen }: Props) => (
  <>
    <h1>Withdrawals</h1>
    <p className="t-view__lede">{describeCounts(counts)}</p>
    <Tabs counts={counts} screen={screen} />
    {screen.query.tab !== 'bank-files' && <Filters screen={screen} />}
  </>
)

/**
 * Says what waits, as a sentence.
 *
 * @example // '23 wait, ₹86,450.00. 7 are older than a day; 2 need a second person.'
 */
export const describeCounts = (counts: DeskCounts): string => {
  const { old, overdue, second, waiting, waitingMinor } = counts
  if (waiting === 0 && overdue === 0) return 'Nothing waits for an approval.'
  const sums = Object.entries(waitingMinor).map(([currency, minor]) => formatMoney(minor, currency))
  const verb = (count: number, one: string, many: string) =>
    `${formatCount(count)} ${count === 1 ? one : many}`
  const parts = [
    old > 0 && verb(old, 'is older than a day', 'are older than a day'),
    second > 0 && verb(second, 'needs a second person', 'need a second person'),
    overdue > 0 && verb(overdue, 'hold is overdue', 'holds are overdue'),
  ].filter((part) => part !== false)
  const first = [verb(waiting, 'waits', 'wait'), ...sums].join(', ')
  return parts.length > 0 ? `${first}. ${parts.join('; ')}.` : `${first}.`
}

const Tabs = ({ counts, screen }: Props) => (
  <nav aria-label="State" className="t-choice t-desk__tabs">
    {DESK_TABS.map((tab) => (
      <AdminLink current={tab === screen.query.tab} href={deskHref(screen, { tab })} key={tab}>
        {TAB_LABELS[tab]}
        <TabCount counts={counts} tab={tab} />
      </AdminLink>
    ))}
  </nav>
)

/** What needs a person is marked, by a word for screen readers as well. */
const TabCount = ({ counts, tab }: { counts: DeskCounts; tab: DeskTab }) => {
  if (tab === 'done' || tab === 'bank-files') return null
  const count = counts[tab]
  const isUrgent =
    (tab === 'in-doubt' || tab === 'paid-late' ? count : tab === 'on-hold' ? counts.overdue : 0) > 0
  return (
    <span className={isUrgent ? 't-desk__count is-urgent' : 't-desk__count'}>
      {formatCount(count)}
      {isUrgent && <span className="t-hidden"> need a person</span>}
    </span>
  )
}

/** A form of its own, so that it works without JavaScript. */
const Filters = ({ screen }: { screen: DeskScreen }) => {
  const { admin, query } = screen
  const isFiltered = query.text !== '' || query.currency !== null || query.kind !== null
  return (
    <form action={`${admin}${DESK_PATH}`} className="t-filters t-desk__filters" method="get">
      <input name="tab" type="hidden" value={query.tab} />
      <label>
        Reference, name or e-mail
        <input
          defaultValue={query.text}
          id="desk-search"
          maxLength={100}
          name="text"
          type="search"
        />
      </label>
      <MethodChoice kind={query.kind} />
      <label>
        Currency
        <input
          className="t-desk__currency"
          defaultValue={query.currency ?? ''}
          maxLength={3}
          name="currency"
          pattern="[A-Za-z]{3}"
          placeholder="All"
          title="An ISO 4217 code, such as INR"
        />
      </label>
      <button className="t-button" type="submit">
        Filter
      </button>
      {isFiltered && (
        <AdminLink
          className="t-button"
          href={deskHref(screen, { text: '', currency: null, kind: null })}
        >
          Show all
        </AdminLink>
      )}
    </form>
  )
}

const MethodChoice = ({ kind: chosen }: { kind: string | null }) => (
  <label>
    Method
    <select defaultValue={chosen ?? ''} name="kind">
      <option value="">All</option>
      {Object.entries(KIND_LABELS).map(([kind, label]) => (
        <option key={kind} value={kind}>
          {label}
        </option>
      ))}
    </select>
  </label>
)
