import { type ApprovalFacts, refuseApprover } from './refuseApprover.ts'

const now = new Date('2026-11-10T12:00:00Z')
const facts: ApprovalFacts = {
  approver: 'approver',
  approverSince: new Date('2026-01-01T00:00:00Z'),
  requestedBy: 'requester',
  requestedAt: new Date('2026-11-10T11:00:00Z'),
  beneficiaries: ['member'],
  byRequester: null,
  byApprover: null,
  coolDownDays: 3,
  now,
}
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000)

describe('an approver', () => {
  it('with an older account and no part in the request is accepted', () => {
    expect(refuseApprover(facts)).toBeNull()
    expect(refuseApprover({ ...facts, requestedBy: null })).toBeNull()
  })

  it.each<[string, Partial<ApprovalFacts>, string]>([
    ['who requested it', { requestedBy: 'approver' }, 'requester'],
    ['who gains by it', { beneficiaries: ['member', 'approver'] }, 'beneficiary'],
    ['as new as the request', { approverSince: facts.requestedAt }, 'newer-than-request'],
    ['newer than the request', { approverSince: hoursAgo(0.5) }, 'newer-than-request'],
  ])('%s is refused', (_case, over, condition) => {
    expect(refuseApprover({ ...facts, ...over })).toMatchObject({ condition })
  })

  it.each([
    ['created', 'made your account'],
    ['role', 'changed your role'],
    ['password', 'set your password'],
    ['email', 'changed your e-mail address'],
  ] as const)('is refused within the cool-down after the requester did: %s', (change, text) => {
    const refusal = refuseApprover({ ...facts, byRequester: { change, at: hoursAgo(71) } })
    expect(refusal).toEqual({
      condition: 'linked',
      message: `The requester ${text}. Wait until 2026-11-10 13:00 UTC.`,
    })
    expect(refuseApprover({ ...facts, byRequester: { change, at: hoursAgo(72) } })).toBeNull()
  })

  it('who set the requester’s password is refused within the cool-down', () => {
    const byApprover = { change: 'password', at: hoursAgo(1) } as const
    expect(refuseApprover({ ...facts, byApprover })).toMatchObject({
      condition: 'linked',
      message: expect.stringContaining('You set the requester’s password') as string,
    })
    expect(refuseApprover({ ...facts, byApprover, coolDownDays: 0 })).toBeNull()
  })
})
