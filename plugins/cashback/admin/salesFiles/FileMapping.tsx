'use client'
import { useConfig } from '@payloadcms/ui'

import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { Facts } from '../../../../src/admin/layout/Facts.tsx'
import type { CsvMapping } from '../../../../src/cashback/networks/csv/csvMapping.ts'
import { mappingRows } from './mappingRows.ts'

/** How the files of a network are read, folded away; an admin goes on to where that is set. */
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
  const facts = mappingRows(mapping).map(({ ours, theirs }) => ({ name: ours, value: theirs }))
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
