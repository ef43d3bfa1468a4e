'use client'
import { Button, FieldLabel, useEditDepth, useModal } from '@payloadcms/ui'

import { DialogFrame } from '../../../../src/admin/actions/DialogFrame.tsx'
import { MAX_ANSWER_LENGTH } from '../../../../src/domain/cashback/claimAnswer.ts'
import { type ClaimRefusal, type TypedAnswer, useClaimRefusal } from './useClaimRefusal.ts'

type Props = { claim: string; member: string; order: string }

/**
 * Refuses a claim with an answer for its member. Hidden in a drawer, which is not refreshed
 * afterwards.
 */
export const RefuseClaim = (props: Props) => {
  const { isModalOpen, openModal } = useModal()
  const depth = useEditDepth()
  const slug = `refuse-${props.claim}`
  const refusal = useClaimRefusal({ ...props, slug })
  if (depth > 1) return null
  return (
    <>
      <Button
        buttonStyle="secondary"
        id="refuse-claim"
        margin={false}
        onClick={() => {
          openModal(slug)
        }}
        size="small"
        type="button"
      >
        Refuse…
      </Button>
      {isModalOpen(slug) && <RefuseDialog {...props} refusal={refusal} slug={slug} />}
    </>
  )
}

const RefuseDialog = ({
  member,
  order,
  refusal,
  slug,
}: Props & { refusal: ClaimRefusal; slug: string }) => (
  <DialogFrame
    controls={
      <Button disabled={refusal.isSending} onClick={refusal.send} size="large" type="button">
        Refuse the claim
      </Button>
    }
    heading={`Refuse the claim for order ${order}?`}
    isSending={refusal.isSending}
    slug={slug}
  >
    <p>
      {member} reads your answer, also by e-mail unless they turned that off. A refusal cannot be
      undone, but the order can be claimed again.
    </p>
    <AnswerField {...refusal} />
  </DialogFrame>
)

const ID = 'claim-answer'

/** The field for the answer. A problem is shown beside it and announced to screen readers. */
const AnswerField = ({ field, problem, text, type }: TypedAnswer) => (
  <div className={`field-type textarea${problem ? ' error' : ''}`}>
    <FieldLabel htmlFor={ID} label="Answer" path="answer" required />
    <textarea
      aria-describedby={`${ID}-problem ${ID}-rule`}
      aria-invalid={problem !== null}
      aria-required
      id={ID}
      onChange={(event) => {
        type(event.target.value)
      }}
      ref={field}
      rows={4}
      value={text}
    />
    <div className="t-answer__notes">
      <p className="t-fail" id={`${ID}-problem`} role="alert">
        {problem}
      </p>
      <p className="t-sub" id={`${ID}-rule`}>
        The member reads it. {text.trim().length} of {MAX_ANSWER_LENGTH} characters.
      </p>
    </div>
  </div>
)
