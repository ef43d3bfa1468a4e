import {
  type BeforeDocumentControlsServerProps,
  createLocalReq,
  type Payload,
  type PayloadRequest,
} from 'payload'

import { isFinance } from '../../../../collections/access.ts'
import { ActionButton } from '../../../../src/admin/actions/ActionButton.tsx'
import { Sign } from '../../../../src/admin/status/Sign.tsx'
import type { Adjustment, User } from '../../../../src/payload-types.ts'
import {
  describeApproval,
  type PendingAdjustment,
  describeRejection,
  type DialogText,
} from './describeDecision.ts'
import { loadDrift } from './loadDrift.ts'

/**
 * The second person's buttons on a pending adjustment, and a note for its requester. Null on a
 * decided one, or for users who may not decide. The endpoint checks it again.
 */
export const DecisionControls = async ({
  id,
  payload,
  user,
}: BeforeDocumentControlsServerProps) => {
  if (id === undefined || !user || !isFinance({ user })) return null
  const req = await createLocalReq({ user }, payload)
  const found = await findPending(payload, req, id)
  if (!found) return null
  const requester = personOf(found.requestedBy)
  if (requester?.id === user.id) return <Waiting />

  const adjustment = await toPendingAdjustment(req, found)
  const evidence = `Requested by ${requester?.name ?? requester?.email ?? 'a deleted user'}: “${found.reason}”`
  const shown = { id: found.id, evidence }
  return (
    <>
      <Decision {...shown} label="Reject…" verb="reject" text={describeRejection(adjustment)} />
      <Decision {...shown} label="Approve…" verb="approve" text={describeApproval(adjustment)} />
    </>
  )
}

const Waiting = () => (
  <span className="t-idle">
    <Sign name="clock" />
    Waits for a second person
  </span>
)

const Decision = ({
  evidence,
  id,
  label,
  text,
  verb,
}: {
  evidence: string
  id: string
  label: string
  verb: 'approve' | 'reject'
  text: DialogText
}) => (
  <ActionButton
    confirmLabel={text.confirmLabel}
    done={text.done}
    heading={text.heading}
    label={label}
    path={`/adjustments/${id}/${verb}`}
    slug={`${verb}-adjustment`}
    style={verb === 'approve' ? 'primary' : 'secondary'}
  >
    <p>{text.body}</p>
    <p className="t-muted">{evidence}</p>
  </ActionButton>
)

const findPending = async (
  payload: Payload,
  req: PayloadRequest,
  id: number | string,
): Promise<Adjustment | null> => {
  const found = await payload.findByID({
    collection: 'adjustments',
    id,
    depth: 1,
    disableErrors: true,
    overrideAccess: false,
    user: req.user,
    req,
  })
  return found?.status === 'pending' ? found : null
}

const toPendingAdjustment = async (
  req: PayloadRequest,
  adjustment: Adjustment,
): Promise<PendingAdjustment> => {
  const { amountMinor, currency, effect } = adjustment
  const member = personOf(adjustment.member)
  const isRebuild = effect === 'rebuild' && member
  return {
    amountMinor: amountMinor ?? 0,
    currency,
    effect,
    member: member?.name ?? member?.email ?? 'this member',
    drift: isRebuild ? await loadDrift(req, { currency, owner: member.id }) : null,
  }
}

const personOf = (person: User | string | null | undefined): User | null =>
  typeof person === 'object' ? person : null
