'use client'
import { Button, useEditDepth, useModal } from '@payloadcms/ui'

import { DialogFrame } from '../../../../src/admin/actions/DialogFrame.tsx'
import { AnswerField } from './AnswerField.tsx'
import { type Refusing, useRefusing } from './useRefusing.ts'

type Props = { claim: string; member: string; order: string }

/** Says no to a claim, in words for its member. Not in a drawer, which is not read again after it. */
export const RefuseClaim = (props: Props) => {
  const { isModalOpen, openModal } = useModal()
  const depth = useEditDepth()
  const slug = `refuse-${props.claim}`
  const refusing = useRefusing({ ...props, slug })
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
      {isModalOpen(slug) && <Dialog {...props} refusing={refusing} slug={slug} />}
    </>
  )
}

const Dialog = ({
  member,
  order,
  refusing,
  slug,
}: Props & { refusing: Refusing; slug: string }) => (
  <DialogFrame
    controls={
      <Button disabled={refusing.isSending} onClick={refusing.send} size="large" type="button">
        Refuse the claim
      </Button>
    }
    heading={`Refuse the claim for order ${order}?`}
    isSending={refusing.isSending}
    slug={slug}
  >
    <p>
      {member} reads your answer, by e-mail too unless they turned that off. It cannot be taken
      back, but the order can be claimed again.
    </p>
    <AnswerField {...refusing} />
  </DialogFrame>
)
