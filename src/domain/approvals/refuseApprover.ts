import { addDays } from '../dates.ts'

/** What somebody did to the account of another person. */
export const ACCOUNT_CHANGES = ['created', 'role', 'password', 'email'] as const
export type AccountChange = (typeof ACCOUNT_CHANGES)[number]

/** A change of an account by another person. */
export type AccountLink = { change: AccountChange; at: Date }

export type ApprovalFacts = {
  approver: string
  /** When the approver's account was created. */
  approverSince: Date
  /** Null when the product itself requested it. */
  requestedBy: string | null
  requestedAt: Date
  /** Everybody who gains from the request. */
  beneficiaries: readonly string[]
  /** The latest change of the approver's account by the requester, also through a third account. */
  byRequester: AccountLink | null
  /** The latest change of the requester's account by the approver, also through a third account. */
  byApprover: AccountLink | null
  /** Days for which whoever changed an account may still be able to sign in to it. */
  coolDownDays: number
  now: Date
}

export type ApproverRefusal = {
  condition: 'beneficiary' | 'linked' | 'newer-than-request' | 'requester'
  message: string
}

/**
 * Decides whether a person counts as the second one. Returns the first condition that fails, with a
 * sentence for the person, or null. An approver did not request it, gains nothing by it, has an
 * account that is older than the request, and neither of the two made the other's account, changed
 * its role or its e-mail address or set its password within the cool-down: who sets a password
 * knows it, and could be both persons.
 */
export const refuseApprover = (facts: ApprovalFacts): ApproverRefusal | null => {
  const { approver, approverSince, beneficiaries, requestedAt, requestedBy } = facts
  if (approver === requestedBy) {
    return refuse('requester', 'You requested this. A second person decides.')
  }
  if (beneficiaries.includes(approver)) {
    return refuse('beneficiary', 'You gain by this. Another person decides.')
  }
  if (approverSince >= requestedAt) {
    return refuse('newer-than-request', 'Your account is newer than this request.')
  }
  return refuseLink(facts)
}

const refuseLink = ({
  byApprover,
  byRequester,
  coolDownDays,
  now,
}: ApprovalFacts): ApproverRefusal | null => {
  const isRecent = (link: AccountLink | null): link is AccountLink =>
    link !== null && now < addDays(link.at, coolDownDays)
  const until = ({ at }: AccountLink): string =>
    `${addDays(at, coolDownDays).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  if (isRecent(byRequester)) {
    const sentence = `The requester ${DONE[byRequester.change]('your')}`
    return refuse('linked', `${sentence}. Wait until ${until(byRequester)}.`)
  }
  if (isRecent(byApprover)) {
    const sentence = `You ${DONE[byApprover.change]('the requester’s')}`
    return refuse('linked', `${sentence}. Wait until ${until(byApprover)}.`)
  }
  return null
}

const DONE: Record<AccountChange, (owner: string) => string> = {
  created: (owner) => `made ${owner} account`,
  role: (owner) => `changed ${owner} role`,
  password: (owner) => `set ${owner} password`,
  email: (owner) => `changed ${owner} e-mail address`,
}

const refuse = (condition: ApproverRefusal['condition'], message: string): ApproverRefusal => ({
  condition,
  message,
})
