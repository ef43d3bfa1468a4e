'use client'
import { useConfig } from '@payloadcms/ui'

import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import type { UnattributedRow } from '../../../../src/cashback/attribution/listUnattributed.ts'
import { ClaimEvidence } from '../claims/ClaimEvidence.tsx'
import { formatShortAge } from '../networks/describeNetwork.ts'
import type { Screen } from '../screen.ts'
import { NO_MATCH } from './describeUnattributed.ts'

const MAX_REASONS = 3

/** The member with the highest score and the evidence; of a pending assignment, its member. */
export const BestMatch = ({
  row: { pending, suggestions },
  screen,
}: {
  row: UnattributedRow
  screen: Screen
}) => {
  const suggestion = pending
    ? suggestions.find(({ member }) => member === pending.member)
    : suggestions[0]
  const evidence = suggestion && <ClaimEvidence {...suggestion} />
  if (pending) {
    const { createdAt, member, memberName, requestedByName } = pending
    return (
      <Member evidence={evidence} id={member} name={memberName}>
        Requested by {requestedByName ?? 'a deleted user'}, {formatShortAge(createdAt, screen.at)}{' '}
        ago
      </Member>
    )
  }
  if (!suggestion) {
    return (
      <>
        {NO_MATCH}
        <span className="t-sub">No click or claim fits well enough</span>
      </>
    )
  }
  return (
    <Member evidence={evidence} id={suggestion.member} name={suggestion.memberName}>
      {suggestion.reasons
        .slice(0, MAX_REASONS)
        .map(({ words }) => words)
        .join(' · ')}
    </Member>
  )
}

const Member = ({
  children,
  evidence,
  id,
  name,
}: {
  children: React.ReactNode
  evidence: React.ReactNode
  id: string
  name: string | null
}) => {
  const { config } = useConfig()
  return (
    <>
      <span className="t-cut" title={name ?? undefined}>
        <AdminLink href={`${config.routes.admin}/collections/users/${id}`}>
          {name ?? 'A member without a name'}
        </AdminLink>
      </span>
      <span className="t-sub">{children}</span>
      {evidence}
    </>
  )
}
