'use client'
import { Button } from '@payloadcms/ui'
import { useState } from 'react'

import { DialogFrame } from '../../../../src/admin/actions/DialogFrame.tsx'
import { ReasonField } from '../../../../src/admin/actions/ReasonField.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import { checkReason } from '../../../../src/domain/reason.ts'
import type { DeskItem } from './deskItem.ts'
import { slugOf } from './deskContext.ts'
import { Refusal } from './Refusal.tsx'
import { useDecision } from './useDecision.ts'

const SLUG = slugOf('answer-late')
type Found = 'not-paid' | 'paid'

/** Answers a payment that was reported after its money had gone back to the member. */
export const AnswerLateDialog = ({ item }: { item: DeskItem }) => {
  const [found, setFound] = useState<Found | null>(null)
  const [reason, setReason] = useState('')
  const { decide, isSending, refusal } = useDecision()
  const amount = formatMoney(item.grossMinor, item.currency)
  const confirm = () => {
    decide({
      slug: SLUG,
      path: '/payout-attempts/resolve',
      body: { attempt: item.attemptKey, found, reason },
      describe: () => [
        { isBad: false, text: `${item.reference}: answered as ${WORDS[found ?? 'paid']}.` },
      ],
    })
  }
  return (
    <DialogFrame
      controls={
        <Button
          disabled={isSending || found === null || checkReason(reason) === null}
          onClick={confirm}
          size="large"
          type="button"
        >
          {found === null ? 'Answer' : `Answer: ${WORDS[found]}`}
        </Button>
      }
      heading={`Was ${amount} paid to ${item.memberName}?`}
      isSending={isSending}
      slug={SLUG}
    >
      <p>
        {item.driver} reports attempt <span className="t-code t-desk__key">{item.attemptKey}</span>{' '}
        as paid, but its money had gone back to the member. Look at the account of the provider or
        the bank first.
      </p>
      <fieldset className="t-desk__choice">
        <legend>What you found</legend>
        <FoundChoice {...{ found, setFound }} value="paid">
          It was paid. The member’s wallet is debited again, below zero if need be.
        </FoundChoice>
        <FoundChoice {...{ found, setFound }} value="not-paid">
          It was not paid. No money moves.
        </FoundChoice>
      </fieldset>
      <ReasonField onChange={setReason} path={`${SLUG}-reason`} reason={reason} />
      <Refusal text={refusal} />
    </DialogFrame>
  )
}

const WORDS: Record<Found, string> = { paid: 'paid', 'not-paid': 'not paid' }

const FoundChoice = ({
  children,
  found,
  setFound,
  value,
}: {
  children: string
  found: Found | null
  setFound: (found: Found) => void
  value: Found
}) => (
  <label>
    <input
      checked={found === value}
      name="found"
      onChange={() => {
        setFound(value)
      }}
      type="radio"
    />
    <span>{children}</span>
  </label>
)
