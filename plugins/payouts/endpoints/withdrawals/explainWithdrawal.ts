import type { Endpoint, PayloadRequest } from 'payload'

import { isStaff } from '../../../../collections/access.ts'
import { readDb } from '../../../../src/database/readDb.ts'
import { describeMove } from '../../../../src/domain/payouts/describeMove.ts'
import { explainWithdrawal as explain } from '../../../../src/domain/payouts/explainWithdrawal.ts'
import {
  loadWithdrawalStory,
  type WithdrawalStory,
} from '../../../../src/payouts/withdrawals/loadWithdrawalStory.ts'
import { notFound } from '../../../http/notFound.ts'
import { requireMember } from '../../../http/requireRole.ts'
import { routeId } from '../../../http/routeId.ts'

/**
 * `GET /api/withdrawals/:id/explain`: explains a withdrawal, as sentences and as data: gross amount,
 * deductions, fee, net amount, its states with their times, and its attempts. For staff and for its
 * member; everyone else gets 404.
 */
export const explainWithdrawal: Endpoint = {
  path: '/:id/explain',
  method: 'get',
  handler: async (req) =>
    Response.json(await explainOne(req, routeId(req)), {
      headers: { 'Cache-Control': 'private, no-store' },
    }),
}

/**
 * Builds the response of this route, and of the route that explains a transfer of the withdrawal.
 *
 * @throws DomainError `auth.required`, `request.not-found`
 */
export const explainOne = async (req: PayloadRequest, id: string) => {
  const memberId = requireMember(req)
  const story = await loadWithdrawalStory(await readDb(req), id)
  if (!story || !(isStaff(req) || story.member === memberId)) throw notFound()

  const { advice, bankReference, currency, holdUntil, lines, method, reason, reference } = story
  const { deductionMinor, feeMinor, grossMinor, netMinor, status } = story
  const amounts = { grossMinor, feeMinor, deductionMinor, netMinor, currency }
  const answer = {
    id,
    reference,
    status,
    ...amounts,
    lines,
    method,
    reason,
    advice,
    bankReference,
    holdUntil,
    words: explain({ ...amounts, reference, status, method, reason, advice }),
    states: listStates(story),
    attempts: story.attempts.map(toMemberAttempt),
    transfers: story.transfers.map((transfer) => ({
      ...transfer,
      words: describeMove({ kind: transfer.kind, reference, status }),
    })),
  }
  if (!isStaff(req)) return answer
  const { approvals, attempts, byHand, isAutoApproved, memberName } = story
  const member = { id: story.member, name: memberName }
  return { ...answer, member, approvals, attempts, byHand, isAutoApproved }
}

/** Members learn when their money went and came back, and nothing of providers. */
const toMemberAttempt = (attempt: WithdrawalStory['attempts'][number]) => {
  const { bankReference, createdAt, failedAt, number, returnedAt, settledAt, status } = attempt
  return { number, status, bankReference, createdAt, settledAt, failedAt, returnedAt }
}

/** The states with a stored time, the earliest first. */
const listStates = (story: WithdrawalStory): { status: string; at: string }[] => {
  const { approvedAt, attempts, endedAt, requestedAt, sentAt, status } = story
  const settledAt = attempts.find((attempt) => attempt.settledAt !== null)?.settledAt ?? null
  const states: [string, string | null][] = [
    ['requested', requestedAt],
    ['approved', approvedAt],
    ['sent', sentAt],
    ['settled', status === 'settled' ? null : settledAt],
    [status, endedAt],
  ]
  return states
    .flatMap(([name, at]) => (at === null ? [] : [{ status: name, at }]))
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
}
