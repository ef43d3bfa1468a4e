'use client'
import { Button } from '@payloadcms/ui'

import type { DeskAction } from '../../../../src/payouts/desk/deskActions.ts'
import { describeLookUp } from './describeOutcome.ts'
import type { DeskItem } from './deskItem.ts'
import { useDesk } from './deskContext.ts'
import { useDecision } from './useDecision.ts'

const LABELS: Record<Exclude<DeskAction, 'look-up'>, string> = {
  approve: 'Approve…',
  reject: 'Reject…',
  hold: 'Hold…',
  lift: 'Lift the hold…',
  'answer-late': 'Answer…',
}
const KEYS: Partial<Record<DeskAction, string>> = { approve: 'A', reject: 'R', hold: 'H' }

/** The buttons of one withdrawal: what its state allows, the first one filled. */
export const RowActions = ({ hasKeys = false, id }: { hasKeys?: boolean; id: string }) => {
  const { items } = useDesk()
  const item = items.get(id)
  if (!item) return null
  return (
    <div className="t-actions">
      {item.actions.map((action, index) =>
        action === 'look-up' ? (
          <LookUp item={item} key={action} />
        ) : (
          <AskButton {...{ action, hasKeys, item }} isFirst={index === 0} key={action} />
        ),
      )}
    </div>
  )
}

type AskProps = {
  action: Exclude<DeskAction, 'look-up'>
  hasKeys: boolean
  isFirst: boolean
  item: DeskItem
}

const AskButton = ({ action, hasKeys, isFirst, item }: AskProps) => {
  const { ask } = useDesk()
  return (
    <Button
      aria-label={`${LABELS[action].replace('…', '')}: ${item.memberName}, ${item.reference}`}
      buttonStyle={isFirst ? 'primary' : 'secondary'}
      disabled={action === 'approve' && item.noApproval !== null}
      margin={false}
      onClick={() => {
        ask(action, [item.id])
      }}
      size="small"
      type="button"
    >
      {LABELS[action]}
      {hasKeys && KEYS[action] && <kbd>{KEYS[action]}</kbd>}
    </Button>
  )
}

/** Asks the provider now. It needs no confirmation, because it pays nothing. */
const LookUp = ({ item: { id, memberName, reference } }: { item: DeskItem }) => {
  const { decide, isSending } = useDecision()
  return (
    <Button
      aria-label={`Look up: ${memberName}, ${reference}`}
      buttonStyle="primary"
      disabled={isSending}
      margin={false}
      onClick={() => {
        decide<{ status: string }>({
          path: `/withdrawals/${id}/look-up`,
          body: {},
          describe: ({ status }) => [describeLookUp(reference, status)],
        })
      }}
      size="small"
      type="button"
    >
      {isSending ? 'Looking it up' : 'Look up now'}
    </Button>
  )
}
