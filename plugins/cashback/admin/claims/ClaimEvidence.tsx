'use client'
import { useConfig } from '@payloadcms/ui'

import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import type { Suggestion } from '../../../../src/cashback/attribution/suggestMembers.ts'
import { ClaimFileLinks } from './ClaimFileLinks.tsx'

/** For a match with a claim: links to the claim and to its files. */
export const ClaimEvidence = ({ claim, files }: Pick<Suggestion, 'claim' | 'files'>) => {
  const { config } = useConfig()
  const { admin, api } = config.routes
  return (
    claim && (
      <div className="t-sub">
        <AdminLink href={`${admin}/collections/cashback-claims/${claim}`}>See the claim</AdminLink>
        {files.length === 0 && ', which has no files'}
        <ClaimFileLinks api={api} files={files} />
      </div>
    )
  )
}
