'use client'
import { Button, useConfig, useModal } from '@payloadcms/ui'

import { ActionButton } from '../../../../src/admin/actions/ActionButton.tsx'
import { ActNow } from '../../../../src/admin/actions/ActNow.tsx'
import { DialogFrame } from '../../../../src/admin/actions/DialogFrame.tsx'
import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import type { NetworkFigures } from './loadOverview.ts'
import { RereadWindow } from './RereadWindow.tsx'
import { transactionFilesHref } from '../transactionFiles/transactionFilesHref.ts'
import type { Screen, Viewer } from '../screen.ts'

/** The actions on one network. None moves money by itself, and no key is shown. */
export const NetworkActions = ({
  isBad,
  network,
  screen,
}: {
  isBad: boolean
  network: NetworkFigures
  screen: Screen
}) => {
  const { config } = useConfig()
  const { adapter, id, isOn, name, requests } = network
  if (!screen.viewer.mayAct)
    return <p className="t-muted t-net__actions">Ask finance to read it.</p>
  if (!isOn) return <p className="t-muted t-net__actions">Switch it on to read it.</p>
  const isWaiting = (mode: string) =>
    requests.some((request) => request.mode === mode && request.status === 'waiting')
  const isFile = adapter === 'csv'
  return (
    <div className="t-net__actions">
      {isFile ? (
        <AdminLink className="t-button" href={transactionFilesHref(config.routes.admin, id)}>
          Import a file<span className="t-hidden"> of {name}</span>
        </AdminLink>
      ) : (
        <>
          <ActNow
            done={`Requested. A worker reads ${name}.`}
            isDisabled={isWaiting('fetch')}
            label="Sync now"
            name={`Sync ${name} now`}
            onDone={screen.onDone}
            path={`/networks/${id}/sync`}
            style={isBad ? 'primary' : 'secondary'}
          />
          <RereadWindow isWaiting={isWaiting('fetch')} network={network} screen={screen} />
        </>
      )}
      <ReplayPages isWaiting={isWaiting('replay')} network={network} screen={screen} />
      {network.problemCode === 'network.unauthorized' && (
        <KeyHelp network={network} viewer={screen.viewer} />
      )}
    </div>
  )
}

/** Requests a replay of the stored pages of a network. */
const ReplayPages = ({
  isWaiting,
  network: { id, name },
  screen,
}: {
  isWaiting: boolean
  network: NetworkFigures
  screen: Screen
}) => (
  <ActionButton
    body={{ mode: 'replay' }}
    confirmLabel="Read them again"
    done={`Requested. A worker reads the stored pages of ${name}.`}
    heading={`Read the stored pages of ${name} again?`}
    isDisabled={isWaiting}
    label="Read stored pages again…"
    onDone={screen.onDone}
    path={`/networks/${id}/sync`}
    size="small"
    slug={`replay-${id}`}
    style="transparent"
  >
    <p>
      Reads all stored pages of this network again, for example after its adapter was corrected.
      Sends no request to the network.
    </p>
    <p className="t-muted">What is correct stays as it is. No cashback is paid twice.</p>
  </ActionButton>
)

type Props = { network: NetworkFigures; viewer: Viewer }

/** Explains how to replace a key that the network refuses. No key is entered or shown here. */
const KeyHelp = (props: Props) => {
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
      {isModalOpen(slug) && <KeyHelpDialog {...props} slug={slug} />}
    </>
  )
}

const KeyHelpDialog = ({ network: { id, name }, slug, viewer }: Props & { slug: string }) => {
  const { config } = useConfig()
  const href = `${config.routes.admin}/collections/networks/${id}`
  return (
    <DialogFrame heading={`${name} refuses our key`} leaveLabel="Close" slug={slug}>
      <ol className="t-steps__list">
        <li>Create a new key in the network’s own panel.</li>
        <li>
          An admin enters it under “Credentials” of{' '}
          {viewer.isAdmin ? <AdminLink href={href}>{name}</AdminLink> : name}, or in the environment
          of the workers, and restarts them.
        </li>
        <li>Sync now.</li>
      </ol>
      <p className="t-muted">
        The next read begins where the last successful one ended, so nothing is lost.
      </p>
    </DialogFrame>
  )
}
