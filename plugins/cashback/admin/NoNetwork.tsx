'use client'
import { useConfig } from '@payloadcms/ui'

import { AdminLink } from '../../../src/admin/layout/AdminLink.tsx'
import { Blank } from '../../../src/admin/layout/Blank.tsx'
import { transactionFilesHref } from './salesFiles/transactionFilesHref.ts'

/** Before the first network: what will be here, and the next step. */
export const NoNetwork = ({ isAdmin }: { isAdmin: boolean }) => {
  const { config } = useConfig()
  return (
    <Blank title="No network is set up">
      Set its keys, or{' '}
      <AdminLink href={transactionFilesHref(config.routes.admin)}>import a CSV</AdminLink>. How
      fresh each network is will be here, and the transactions that came without a click.{' '}
      {isAdmin ? (
        <AdminLink href={`${config.routes.admin}/collections/networks/create`}>
          Set up a network
        </AdminLink>
      ) : (
        'An admin sets networks up.'
      )}
    </Blank>
  )
}
