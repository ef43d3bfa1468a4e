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
import { approvalWords, type Asked, rejectionWords, type Words } from './decisionWords.ts'
import { loadDrift } from './loadDrift.ts'

/**
 * The second person's buttons on a pending adjustment, a note for who asked for it, and nothing
 * on a decided one or for anybody who may not decide. The endpoint checks all of it again.
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

  const asked = await askedOf(req, found)
  const evidence = `Asked for by ${requester?.name ?? requester?.email ?? 'a person since deleted'}: “${found.reason}”`
  const shown = { id: found.id, evidence }
  return (
    <>
      <Decision {...shown} label="Reject…" verb="reject" words={rejectionWords(asked)} />
      <Decision {...shown} label="Approve…" verb="approve" words={approvalWords(asked)} />
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
  verb,
  words,
}: {
  evidence: string
  id: string
  label: string
  verb: 'approve' | 'reject'
  words: Words
}) => (
  <ActionButton
    confirmLabel={words.confirmLabel}
    done={words.done}
    heading={words.heading}
    label={label}
    path={`/adjustments/${id}/${verb}`}
    slug={`${verb}-adjustment`}
    style={verb === 'approve' ? 'primary' : 'secondary'}
  >
    <p>{words.text}</p>
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

const askedOf = async (req: PayloadRequest, adjustment: Adjustment): Promise<Asked> => {
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
