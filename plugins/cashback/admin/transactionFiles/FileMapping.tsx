'use client'
import { useConfig } from '@payloadcms/ui'

import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { Facts } from '../../../../src/admin/layout/Facts.tsx'
import { Sign } from '../../../../src/admin/status/Sign.tsx'
import type { CsvMapping } from '../../../../src/cashback/networks/csv/csvMapping.ts'
import { describeMapping } from './describeMapping.ts'

/** The mapping of a network's files, collapsed. Admins get a link to the settings. */
export const FileMapping = ({
  id,
  isAdmin,
  mapping,
}: {
  id: string
  isAdmin: boolean
  mapping: CsvMapping
}) => {
  const { config } = useConfig()
  const facts = describeMapping(mapping).map(({ ours, theirs }) => ({ name: ours, value: theirs }))
  return (
    <details className="t-recon__more">
      <summary>How its files are read</summary>
      <div className="t-recon__mapping">
        <Facts facts={facts} />
        <p className="t-foot">
          {isAdmin ? (
            <AdminLink href={`${config.routes.admin}/collections/networks/${id}`}>
              Change it in the network’s settings
            </AdminLink>
          ) : (
            'An admin changes it in the network’s settings.'
          )}
        </p>
      </div>
    </details>
  )
}

/** For a network without a usable mapping: what is missing, and who sets it. */
export const NoMapping = ({
  isAdmin,
  network: { id, name },
}: {
  isAdmin: boolean
  network: { id: string; name: string }
}) => {
  const { config } = useConfig()
  return (
    <p className="t-badge t-badge--bad">
      <Sign name="warning" />
      <span>
        {name} has no valid mapping of the columns of its files.{' '}
        {isAdmin ? (
          <AdminLink href={`${config.routes.admin}/collections/networks/${id}`}>
            Set it in its settings
          </AdminLink>
        ) : (
          'An admin sets it in the network’s settings.'
        )}
      </span>
    </p>
  )
}
