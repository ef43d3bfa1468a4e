import { type AccountLink, refuseApprover } from '../approvals/refuseApprover.ts'
import type { PayoutRule } from './payoutRule.ts'
import type { WithdrawalStatus } from './withdrawalStates.ts'

/** An approval that was given. It counts in its round only: each hold begins a new round. */
export type GivenApproval = {
  by: string
  round: number
  at: Date
  /** The latest change of the new approver's account by this person, also through a third account. */
  changedApprover: AccountLink | null
  /** The latest change of this person's account by the new approver. */
  changedByApprover: AccountLink | null
}

export type WithdrawalApprovalFacts = {
  withdrawal: {
    member: string
    requestedAt: Date
    status: WithdrawalStatus
    /** Minor units of the rule's currency. */
    grossMinor: number
    round: number
    /** How many approvals it needs already; a limit that is raised later does not lower it. */
    approvalsNeeded: number
    /** True while a payment that was reported after the money went back is not resolved. */
    hasLateSuccess: boolean
  }
  rule: Pick<PayoutRule, 'actorDayMinor' | 'fourEyesAboveMinor'>
  approvals: readonly GivenApproval[]
  approver: {
    id: string
    role: string
    since: Date
    /** Minor units that the person approved alone in the last 24 hours. */
    dayMinor: number
  }
  /** True if the approver created the member's account or set its password or address, at any time. */
  isMaker: boolean
  /** The latest change of the member's account by the approver, also through a third account. */
  changedMember: AccountLink | null
  /** The latest change of the approver's account by the member. */
  changedByMember: AccountLink | null
  /** Persons who set or confirmed the member's phone number or payout method for the member. */
  methodSetBy: readonly string[]
  /** The latest hold; `setBy` is null for a hold of the product itself. */
  hold: { setBy: string | null; liftedBy: string | null } | null
  coolDownDays: number
  now: Date
}

/** Why one approval is not enough. */
type SecondReason = 'actor-day' | 'four-eyes' | 'lifted-hold'

export type ApprovalDecision =
  | { refusal: { code: string; message: string } }
  | { refusal: null; needs: 1 | 2; because: SecondReason[]; isComplete: boolean }

/**
 * Decides whether a person may approve a withdrawal, and whether that completes it.
 *
 * - `withdrawal.forbidden` the person is not finance or admin
 * - `withdrawal.paid-late` a payment that was reported late is not resolved
 * - `withdrawal.on-hold`, `withdrawal.wrong-status` it does not wait for an approval
 * - `withdrawal.own` the person requested it or gains by it
 * - `withdrawal.set-method` the person set the member's phone number or payout method
 * - `withdrawal.not-independent` the person is linked to the member's account, or made it
 * - `withdrawal.already-approved` the person approved it in this round
 * - `withdrawal.approvers-linked` one approver can act with the account of the other
 */
export const decideApproval = (facts: WithdrawalApprovalFacts): ApprovalDecision => {
  const refusal = refuseStatus(facts) ?? refuseRelation(facts) ?? refuseSecond(facts)
  if (refusal) return { refusal }
  const because = findSecondReasons(facts)
  const needs = because.length > 0 || facts.withdrawal.approvalsNeeded > 1 ? 2 : 1
  return { refusal: null, needs, because, isComplete: givenThisRound(facts).length + 1 >= needs }
}

/**
 * Decides whether a person may lift a hold: the one who set it, or an admin; anyone of finance if
 * the product set it. Members who are staff do not lift a hold of their own withdrawal.
 *
 * - `withdrawal.own`, `withdrawal.forbidden`, `withdrawal.not-holder`
 */
export const refuseLift = ({
  by,
  holdSetBy,
  member,
}: {
  by: { id: string; role: string }
  holdSetBy: string | null
  member: string
}): { code: string; message: string } | null => {
  if (!isApproverRole(by.role)) return refuse('forbidden', 'Only finance and admins do this.')
  if (by.id === member) return refuse('own', 'This is your own withdrawal. Another person decides.')
  if (by.role === 'admin' || holdSetBy === null || holdSetBy === by.id) return null
  return refuse('not-holder', 'Another person set this hold. That person or an admin lifts it.')
}

const isApproverRole = (role: string): boolean => role === 'admin' || role === 'finance'

const refuseStatus = ({ approver, withdrawal }: WithdrawalApprovalFacts) => {
  if (!isApproverRole(approver.role)) return refuse('forbidden', 'Only finance and admins do this.')
  if (withdrawal.hasLateSuccess) {
    const text = 'An earlier payment was reported after its money went back. Resolve that first.'
    return refuse('paid-late', text)
  }
  if (withdrawal.status === 'on-hold') return refuse('on-hold', 'Lift the hold first.')
  return withdrawal.status === 'requested'
    ? null
    : refuse('wrong-status', `It is ${withdrawal.status} and does not wait for an approval.`)
}

const refuseRelation = (facts: WithdrawalApprovalFacts) => {
  const { approver, changedByMember, changedMember, coolDownDays, isMaker, now, withdrawal } = facts
  if (approver.id === withdrawal.member) {
    return refuse('own', 'This is your own withdrawal. Another person decides.')
  }
  if (facts.methodSetBy.includes(approver.id)) {
    return refuse('set-method', 'You set the phone number or the method. Another person decides.')
  }
  if (isMaker) {
    const text = 'You made the account or set its password or address. Another person decides.'
    return refuse('not-independent', text)
  }
  const refusal = refuseApprover({
    approver: approver.id,
    approverSince: approver.since,
    requestedBy: withdrawal.member,
    requestedAt: withdrawal.requestedAt,
    beneficiaries: [withdrawal.member],
    byRequester: changedByMember,
    byApprover: changedMember,
    coolDownDays,
    now,
  })
  return refusal && refuse('not-independent', refusal.message)
}

/** The second person differs from the first and cannot act with the account of the first. */
const refuseSecond = (facts: WithdrawalApprovalFacts) => {
  const { approver, coolDownDays, now } = facts
  const given = givenThisRound(facts)
  if (given.some(({ by }) => by === approver.id)) {
    return refuse('already-approved', 'You approved this already. A second person is needed.')
  }
  const isLinked = given.some(
    ({ at, by, changedApprover, changedByApprover }) =>
      refuseApprover({
        approver: approver.id,
        approverSince: approver.since,
        requestedBy: by,
        requestedAt: at,
        beneficiaries: [],
        byRequester: changedApprover,
        byApprover: changedByApprover,
        coolDownDays,
        now,
      }) !== null,
  )
  return isLinked
    ? refuse('approvers-linked', 'Your account and the first approver’s are linked or too new.')
    : null
}

/** An admin who lifts the hold of another person does not also decide alone. */
const findSecondReasons = ({
  approver,
  hold,
  rule,
  withdrawal: { grossMinor },
}: WithdrawalApprovalFacts): SecondReason[] => {
  const liftedOthers = hold?.setBy != null && hold.liftedBy !== hold.setBy
  return [
    ...(grossMinor > rule.fourEyesAboveMinor ? (['four-eyes'] as const) : []),
    ...(grossMinor + approver.dayMinor > rule.actorDayMinor ? (['actor-day'] as const) : []),
    ...(liftedOthers && hold.liftedBy === approver.id ? (['lifted-hold'] as const) : []),
  ]
}

const givenThisRound = ({ approvals, withdrawal }: WithdrawalApprovalFacts) =>
  approvals.filter(({ round }) => round === withdrawal.round)

const refuse = (problem: string, message: string): { code: string; message: string } => ({
  code: `withdrawal.${problem}`,
  message,
})
