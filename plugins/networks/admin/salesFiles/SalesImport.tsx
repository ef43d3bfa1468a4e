'use client'
import { countOf } from '../../../../src/admin/counts.ts'
import type { FileNetwork } from '../../../../src/reconciliation/listFileNetworks.ts'
import { ImportConfirm } from '../fileImport/ImportConfirm.tsx'
import { ImportPanel } from '../fileImport/ImportPanel.tsx'
import { FileMapping } from './FileMapping.tsx'
import { NoMapping } from './NoMapping.tsx'
import { SalesFields } from './SalesFields.tsx'
import { SalesOutcome } from './SalesOutcome.tsx'
import { SalesPreview } from './SalesPreview.tsx'
import { type CheckedSales, useSalesImport } from './useSalesImport.ts'

type Props = {
  /** The network that is chosen at first, as the URL has it; any other value chooses none. */
  chosen: unknown
  isAdmin: boolean
  networks: FileNetwork[]
  timeZone: string
  /** In UTC, as files are dated. */
  today: string
}

/** A network's file of sales: looked at first, then taken in; lines that cannot be read are left. */
export const SalesImport = ({ chosen, isAdmin, networks, timeZone, today }: Props) => {
  const first = networks.find(({ id }) => id === chosen) ?? networks[0]
  const file = useSalesImport(first?.id ?? '')
  const { change, checked, confirm, doing, done, form } = file
  const network = networks.find(({ id }) => id === form.network)
  return (
    <ImportPanel
      confirm={
        checked && (
          <ImportConfirm
            isDisabled={doing !== null || checked.rows === 0}
            label={`Import ${countOf(checked.rows, 'sale')}`}
            note={noteOf(checked)}
            onConfirm={() => void confirm()}
          />
        )
      }
      fields={<SalesFields change={change} form={form} networks={networks} today={today} />}
      file={file}
      hint={network && <Hint isAdmin={isAdmin} network={network} />}
      isBlocked={!network?.mapping}
      title="Import a file of sales"
    >
      {checked && <SalesPreview checked={checked} timeZone={timeZone} />}
      {done && <SalesOutcome done={done} />}
    </ImportPanel>
  )
}

const noteOf = ({ refused, rows }: CheckedSales): string => {
  if (rows === 0) return 'No line of the file can be read: nothing would come in.'
  const money = 'What the network approved is credited to wallets, what it declined is taken back.'
  return refused === 0 ? money : `${money} Lines that cannot be read are kept aside.`
}

const Hint = ({ isAdmin, network }: { isAdmin: boolean; network: FileNetwork }) =>
  network.mapping === null ? (
    <NoMapping isAdmin={isAdmin} network={network} />
  ) : (
    <>
      <p className="t-foot">
        CSV, up to 10 MB. Checking writes nothing. A file that was made on an earlier day is as of
        that day, so that it does not overrule what is known since.
      </p>
      <FileMapping id={network.id} isAdmin={isAdmin} mapping={network.mapping} />
    </>
  )
