'use client'
import { Button } from '@payloadcms/ui'

import { DialogFrame } from '../../../../src/admin/actions/DialogFrame.tsx'
import { countOf } from '../../../../src/admin/format/counts.ts'
import { formatMoney } from '../../../../src/domain/money.ts'
import { type ApprovalAnswer, describeApproval } from './describeOutcome.ts'
import type { DeskItem } from './deskItem.ts'
import { slugOf } from './deskContext.ts'
import { Refusal } from './Refusal.tsx'
import { describeItems, formatTotals, sumItems } from './sumItems.ts'
import { useDecision } from './useDecision.ts'
import { useFocus } from './useFocus.ts'

const SLUG = slugOf('approve')
const CONFIRM = `${SLUG}-confirm`
const SHOWN = 10

/**
 * Confirms an approval with its count and total. The totals go with it: if the amounts are others by
 * then, nothing is approved.
 */
export const ApproveDialog = ({ items }: { items: DeskItem[] }) => {
  const { decide, isSending, refusal } = useDecision()
  const possible = items.filter(({ noApproval }) => noApproval === null)
  const impossible = items.filter(({ noApproval }) => noApproval !== null)
  const seconds = possible.filter(({ needsSecond }) => needsSecond).length
  useFocus(CONFIRM)
  const confirm = () => {
    decide<ApprovalAnswer>({
      slug: SLUG,
      path: '/withdrawals/approve',
      body: { ids: possible.map(({ id }) => id), totals: sumItems(possible) },
      describe: (answer) => describeApproval(answer, possible),
    })
  }
  return (
    <DialogFrame
      controls={
        <Button
          disabled={isSending || possible.length === 0}
          id={CONFIRM}
          onClick={confirm}
          size="large"
          type="button"
        >
          {`Approve ${possible.length === 1 ? formatTotals(sumItems(possible)) : describeItems(possible)}`}
        </Button>
      }
      heading={possible.length > 0 ? `Approve ${describeItems(possible)}?` : 'None can be approved'}
      isSending={isSending}
      slug={SLUG}
    >
      <Items items={possible} />
      {seconds > 0 && (
        <p>
          After that, {countOf(seconds, 'withdrawal')} {seconds === 1 ? 'waits' : 'wait'} for a
          second person.
        </p>
      )}
      <Impossible items={impossible} />
      {possible.length > 0 && (
        <p className="t-muted">
          Approving moves no money yet: the amounts stay held until the payments are sent.
        </p>
      )}
      <Refusal text={refusal} />
    </DialogFrame>
  )
}

const Items = ({ items }: { items: DeskItem[] }) => (
  <>
    <ul className="t-desk__items">
      {items.slice(0, SHOWN).map(({ currency, display, grossMinor, id, memberName, risk }) => (
        <li key={id}>
          <span>
            {memberName} <span className="t-muted t-nowrap">{display}</span>
            {risk === 'high' && <span className="t-fail t-nowrap"> · high risk</span>}
          </span>
          <span className="t-num">{formatMoney(grossMinor, currency)}</span>
        </li>
      ))}
    </ul>
    {items.length > SHOWN && <p className="t-muted">and {items.length - SHOWN} more</p>}
  </>
)

const Impossible = ({ items }: { items: DeskItem[] }) =>
  items.length > 0 && (
    <div>
      <p>Left out, because you cannot approve them:</p>
      <ul className="t-desk__items">
        {items.slice(0, SHOWN).map(({ id, noApproval, reference }) => (
          <li key={id}>
            <span>
              <span className="t-code">{reference}</span> {noApproval}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
