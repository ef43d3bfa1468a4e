'use client'
import { Button } from '@payloadcms/ui'
import { useState } from 'react'

import { DialogFrame } from '../../../../src/admin/actions/DialogFrame.tsx'
import { ReasonField } from '../../../../src/admin/actions/ReasonField.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import { checkReason } from '../../../../src/domain/reason.ts'
import type { Owner } from '../../../../src/payouts/desk/listOwners.ts'
import { useFocus } from './useFocus.ts'
import type { DeskItem } from './deskItem.ts'
import { slugOf, useDesk } from './deskContext.ts'
import { Refusal } from './Refusal.tsx'
import { useDecision } from './useDecision.ts'

const SLUG = slugOf('hold')
const DEFAULT_DAYS = 3
const DAY_MS = 86_400_000

/** Holds a withdrawal with a reason, an owner and a next date, so that it is never forgotten. */
export const HoldDialog = ({ item }: { item: DeskItem }) => {
  const { owners, viewer } = useDesk()
  const [reason, setReason] = useState('')
  const [owner, setOwner] = useState(viewer)
  const [until, setUntil] = useState(() => toLocal(new Date(Date.now() + DEFAULT_DAYS * DAY_MS)))
  const { decide, isSending, refusal } = useDecision()
  useFocus(`field-${SLUG}-reason`)
  const at = new Date(until)
  const isReady = checkReason(reason) !== null && !Number.isNaN(at.getTime())
  const confirm = () => {
    decide({
      slug: SLUG,
      path: `/withdrawals/${item.id}/hold`,
      body: { reason, owner, until: at.toISOString() },
      describe: () => [{ isBad: false, text: `${item.reference}: on hold.` }],
    })
  }
  return (
    <DialogFrame
      controls={
        <Button disabled={isSending || !isReady} onClick={confirm} size="large" type="button">
          Hold it
        </Button>
      }
      heading={`Hold ${formatMoney(item.grossMinor, item.currency)} of ${item.memberName}?`}
      isSending={isSending}
      slug={SLUG}
    >
      <p>The money stays held and the approvals end. The member reads the reason and the date.</p>
      <ReasonField onChange={setReason} path={`${SLUG}-reason`} reason={reason} />
      <HoldFields {...{ owner, owners, setOwner, setUntil, until }} />
      <Refusal text={refusal} />
    </DialogFrame>
  )
}

type Fields = {
  owner: string
  owners: Owner[]
  setOwner: (owner: string) => void
  setUntil: (until: string) => void
  until: string
}

const HoldFields = ({ owner, owners, setOwner, setUntil, until }: Fields) => (
  <div className="t-filters t-desk__fields">
    <label>
      Next date
      <input
        onChange={({ target }) => {
          setUntil(target.value)
        }}
        required
        type="datetime-local"
        value={until}
      />
    </label>
    <label>
      Owner
      <select
        onChange={({ target }) => {
          setOwner(target.value)
        }}
        value={owner}
      >
        {owners.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  </div>
)

/** An instant as the field takes it: minutes in the zone of the browser. */
const toLocal = (at: Date): string =>
  new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
