import fc from 'fast-check'

import {
  decideApproval,
  type GivenApproval,
  refuseLift,
  type WithdrawalApprovalFacts,
} from './decideApproval.ts'
import { WITHDRAWAL_STATUSES } from './withdrawalStates.ts'

const now = new Date('2026-11-10T12:00:00Z')
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const withdrawal: WithdrawalApprovalFacts['withdrawal'] = {
  member: 'member',
  requestedAt: hoursAgo(2),
  status: 'requested',
  grossMinor: 100_000,
  round: 1,
  approvalsNeeded: 1,
  hasLateSuccess: false,
}
const approver = { id: 'finance', role: 'finance', since: hoursAgo(9_000), dayMinor: 0 }
const facts: WithdrawalApprovalFacts = {
  withdrawal,
  rule: { fourEyesAboveMinor: 500_000, actorDayMinor: 1_000_000 },
  approvals: [],
  approver,
  isMaker: false,
  changedMember: null,
  changedByMember: null,
  methodSetBy: [],
  hold: null,
  coolDownDays: 3,
  now,
}
const large = { ...withdrawal, grossMinor: 500_001 }
const given = (over: Partial<GivenApproval> = {}): GivenApproval => ({
  by: 'first',
  round: 1,
  at: hoursAgo(1),
  changedApprover: null,
  changedByApprover: null,
  ...over,
})

describe('an approval', () => {
  it.each<[string, Partial<WithdrawalApprovalFacts>, object]>([
    [
      'of an amount at the limit',
      { withdrawal: { ...withdrawal, grossMinor: 500_000 } },
      { needs: 1, because: [], isComplete: true },
    ],
    [
      'above the limit',
      { withdrawal: large },
      { needs: 2, because: ['four-eyes'], isComplete: false },
    ],
    [
      'above the limit, after a first',
      { withdrawal: large, approvals: [given()] },
      { needs: 2, isComplete: true },
    ],
    [
      'above the limit, after a first before the hold',
      { withdrawal: { ...large, round: 2 }, approvals: [given()] },
      { needs: 2, isComplete: false },
    ],
    [
      'that needed two already, within limits that were raised since',
      { withdrawal: { ...withdrawal, approvalsNeeded: 2 } },
      { needs: 2, because: [], isComplete: false },
    ],
    [
      'that needed two already, after a first',
      { withdrawal: { ...withdrawal, approvalsNeeded: 2 }, approvals: [given()] },
      { needs: 2, isComplete: true },
    ],
    [
      'at the approver’s limit of the day',
      { approver: { ...approver, dayMinor: 900_000 } },
      { needs: 1, isComplete: true },
    ],
    [
      'above the approver’s limit of the day',
      { approver: { ...approver, dayMinor: 900_001 } },
      { needs: 2, because: ['actor-day'], isComplete: false },
    ],
    [
      'by a second person, after the first exceeded the day',
      { approvals: [given()] },
      { needs: 1, isComplete: true },
    ],
    [
      'by the admin who lifted the hold of another person',
      { hold: { setBy: 'other', liftedBy: 'finance' } },
      { needs: 2, because: ['lifted-hold'], isComplete: false },
    ],
    [
      'by the person who set and lifted the hold',
      { hold: { setBy: 'finance', liftedBy: 'finance' } },
      { needs: 1, isComplete: true },
    ],
    [
      'by the person who lifted a hold of the product',
      { hold: { setBy: null, liftedBy: 'finance' } },
      { needs: 1, isComplete: true },
    ],
    [
      'by another person than the one who lifted the hold',
      { hold: { setBy: 'other', liftedBy: 'admin' } },
      { needs: 1, isComplete: true },
    ],
    ['by an admin', { approver: { ...approver, role: 'admin' } }, { needs: 1, isComplete: true }],
  ])('%s: %o', (_case, over, expected) => {
    expect(decideApproval({ ...facts, ...over })).toMatchObject({ refusal: null, ...expected })
  })

  it.each<[string, string, Partial<WithdrawalApprovalFacts>]>([
    ['forbidden', 'by support', { approver: { ...approver, role: 'support' } }],
    ['forbidden', 'by a member', { approver: { ...approver, role: 'member' } }],
    [
      'paid-late',
      'with an open late success',
      { withdrawal: { ...withdrawal, hasLateSuccess: true } },
    ],
    ['on-hold', 'on hold', { withdrawal: { ...withdrawal, status: 'on-hold' } }],
    ['own', 'of the approver’s own', { withdrawal: { ...withdrawal, member: 'finance' } }],
    ['set-method', 'by the person who confirmed the method', { methodSetBy: ['x', 'finance'] }],
    ['not-independent', 'by the maker of the account, for ever', { isMaker: true }],
    [
      'not-independent',
      'by an account newer than the request',
      { approver: { ...approver, since: hoursAgo(1) } },
    ],
    [
      'already-approved',
      'by the first person again',
      { withdrawal: large, approvals: [given({ by: 'finance' })] },
    ],
    [
      'approvers-linked',
      'by an account that the first approver set the password of',
      {
        withdrawal: large,
        approvals: [given({ changedApprover: { change: 'password', at: hoursAgo(5) } })],
      },
    ],
    [
      'approvers-linked',
      'by the person who set the role of the first approver',
      {
        withdrawal: large,
        approvals: [given({ changedByApprover: { change: 'role', at: hoursAgo(5) } })],
      },
    ],
    [
      'approvers-linked',
      'by an account that is newer than the first approval',
      {
        withdrawal: { ...large, requestedAt: now },
        approver: { ...approver, since: hoursAgo(1) },
        approvals: [given()],
      },
    ],
  ])('is refused as withdrawal.%s: %s', (problem, _case, over) => {
    const decision = decideApproval({ ...facts, ...over })
    expect(decision.refusal?.code).toBe(`withdrawal.${problem}`)
  })

  it.each(['created', 'role', 'password', 'email'] as const)(
    'is refused within the cool-down after one of the two changed the other’s account: %s',
    (change) => {
      const recent = { change, at: hoursAgo(71) }
      const old = { change, at: hoursAgo(72) }
      for (const side of ['changedMember', 'changedByMember'] as const) {
        const refused = decideApproval({ ...facts, [side]: recent })
        expect(refused.refusal?.code).toBe('withdrawal.not-independent')
        expect(decideApproval({ ...facts, [side]: old }).refusal).toBeNull()
      }
    },
  )

  it('is refused in every status but requested', () => {
    for (const status of WITHDRAWAL_STATUSES) {
      const { refusal } = decideApproval({ ...facts, withdrawal: { ...withdrawal, status } })
      expect(refusal === null).toBe(status === 'requested')
    }
  })

  it('by the person who approved before a hold is accepted in the new round', () => {
    const second = { ...large, round: 2 }
    const approvals = [given({ by: 'finance' })]
    expect(decideApproval({ ...facts, withdrawal: second, approvals }).refusal).toBeNull()
  })

  it('completes a withdrawal above a limit only with two different persons', () => {
    const people = fc.constantFrom('a', 'b', 'c', 'member')
    fc.assert(
      fc.property(fc.array(people, { maxLength: 8 }), fc.nat(1_000_000), (ids, grossMinor) => {
        const approvals: GivenApproval[] = []
        for (const id of ids) {
          const decision = decideApproval({
            ...facts,
            withdrawal: { ...withdrawal, grossMinor },
            approver: { ...approver, id },
            approvals,
          })
          if (decision.refusal) continue
          approvals.push(given({ by: id }))
          const persons = new Set(approvals.map(({ by }) => by))
          expect(persons).not.toContain('member')
          expect(decision.isComplete).toBe(persons.size >= (grossMinor > 500_000 ? 2 : 1))
        }
      }),
    )
  })
})

describe('a hold', () => {
  const finance = { id: 'finance', role: 'finance' }
  it.each<[string, Parameters<typeof refuseLift>[0], string | null]>([
    ['its setter', { by: finance, holdSetBy: 'finance', member: 'member' }, null],
    ['an admin', { by: { id: 'a', role: 'admin' }, holdSetBy: 'finance', member: 'member' }, null],
    ['finance, if the product set it', { by: finance, holdSetBy: null, member: 'member' }, null],
    ['another of finance', { by: finance, holdSetBy: 'other', member: 'member' }, 'not-holder'],
    [
      'support',
      { by: { id: 's', role: 'support' }, holdSetBy: 's', member: 'member' },
      'forbidden',
    ],
    [
      'the admin who gets paid',
      { by: { id: 'a', role: 'admin' }, holdSetBy: 'x', member: 'a' },
      'own',
    ],
  ])('lifted by %s: %3$s', (_case, ask, problem) => {
    expect(refuseLift(ask)?.code ?? null).toBe(problem === null ? null : `withdrawal.${problem}`)
  })
})
