'use client'
import { useConfig } from '@payloadcms/ui'

import { ActNow } from '../../../src/admin/actions/ActNow.tsx'
import { AdminLink } from '../../../src/admin/layout/AdminLink.tsx'
import type { NetworkFigures } from './loadOverview.ts'
import { KeyHelp } from './KeyHelp.tsx'
import { ReplayPages } from './ReplayPages.tsx'
import { RereadWindow } from './RereadWindow.tsx'
import { transactionFilesHref } from './salesFiles/transactionFilesHref.ts'
import type { Screen } from './screen.ts'

/** What can be asked of one network. Nothing here moves money by itself, and no key is shown. */
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
  if (!screen.viewer.mayAct) return <p className="t-muted t-net__deeds">Ask finance to read it.</p>
  if (!isOn) return <p className="t-muted t-net__deeds">Switch it on to read it.</p>
  const waits = (mode: string) =>
    requests.some((request) => request.mode === mode && request.status === 'waiting')
  const isFile = adapter === 'csv'
  return (
    <div className="t-net__deeds">
      {isFile ? (
        <AdminLink className="t-button" href={transactionFilesHref(config.routes.admin, id)}>
          Import a file<span className="t-hidden"> of {name}</span>
        </AdminLink>
      ) : (
        <>
          <ActNow
            done={`${name} was asked for; a worker takes it.`}
            isDisabled={waits('fetch')}
            label="Sync now"
            name={`Sync ${name} now`}
            onDone={screen.onDone}
            path={`/networks/${id}/sync`}
            style={isBad ? 'primary' : 'secondary'}
          />
          <RereadWindow isWaiting={waits('fetch')} network={network} screen={screen} />
        </>
      )}
      <ReplayPages isWaiting={waits('replay')} network={network} screen={screen} />
      {network.problemCode === 'network.unauthorized' && (
        <KeyHelp network={network} viewer={screen.viewer} />
      )}
    </div>
  )
}
