'use client'
import { Button, useConfig, useModal } from '@payloadcms/ui'

import { AdminLink } from '../../../src/admin/layout/AdminLink.tsx'
import { DialogFrame } from '../../../src/admin/actions/DialogFrame.tsx'
import type { NetworkFigures } from './loadOverview.ts'
import type { Viewer } from './screen.ts'

type Props = { network: NetworkFigures; viewer: Viewer }

/** Says how to mend a key that is refused. Keys are typed elsewhere, and shown nowhere. */
export const KeyHelp = (props: Props) => {
  const { isModalOpen, openModal } = useModal()
  const slug = `key-${props.network.id}`
  return (
    <>
      <Button
        buttonStyle="transparent"
        margin={false}
        onClick={() => {
          openModal(slug)
        }}
        size="small"
        type="button"
      >
        How to fix the key…
      </Button>
      {isModalOpen(slug) && <Help {...props} slug={slug} />}
    </>
  )
}

const Help = ({ network: { id, name }, slug, viewer }: Props & { slug: string }) => {
  const { config } = useConfig()
  const href = `${config.routes.admin}/collections/networks/${id}`
  return (
    <DialogFrame heading={`${name} refuses its key`} leaveLabel="Close" slug={slug}>
      <ol className="t-steps__list">
        <li>Make a new key in the network’s own panel.</li>
        <li>
          An admin types it under “Credentials” of{' '}
          {viewer.isAdmin ? <AdminLink href={href}>{name}</AdminLink> : name}, or into the
          environment of the workers, which are then started again.
        </li>
        <li>Sync now.</li>
      </ol>
      <p className="t-muted">
        The next read begins where the last good one ended: nothing is lost meanwhile.
      </p>
    </DialogFrame>
  )
}
