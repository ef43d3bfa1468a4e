'use client'
import { countOf } from '../../../../src/admin/format/counts.ts'
import type { FileNetwork } from '../../../../src/cashback/reconciliation/listNetworks.ts'
import { ImportConfirm } from '../fileImport/ImportConfirm.tsx'
import { ImportPanel } from '../fileImport/ImportPanel.tsx'
import { FileMapping } from './FileMapping.tsx'
import { NoMapping } from './NoMapping.tsx'
import { TransactionFields } from './TransactionFields.tsx'
import { TransactionImportOutcome } from './TransactionImportOutcome.tsx'
import { TransactionPreview } from './TransactionPreview.tsx'
import { type CheckedTransactions, useTransactionImport } from './useTransactionImport.ts'

type Props = {
  /** The network that is chosen at first, as the URL has it; any other value chooses none. */
  chosen: unknown
  isAdmin: boolean
  networks: FileNetwork[]
  timeZone: string
  /** In UTC, as files are dated. */
  today: string
}

/** A network's file of transactions: looked at first, then taken in; lines that cannot be read are left. */
export const TransactionImport = ({ chosen, isAdmin, networks, timeZone, today }: Props) => {
  const first = networks.find(({ id }) => id === chosen) ?? networks[0]
  const file = useTransactionImport(first?.id ?? '')
  const { change, checked, confirm, doing, done, form } = file
  const network = networks.find(({ id }) => id === form.network)
  return (
    <ImportPanel
      confirm={
        checked && (
          <ImportConfirm
            isDisabled={doing !== null || checked.rows === 0}
            label={`Import ${countOf(checked.rows, 'transaction')}`}
            note={noteOf(checked)}
            onConfirm={() => void confirm()}
          />
        )
      }
      fields={<TransactionFields change={change} form={form} networks={networks} today={today} />}
      file={file}
      hint={network && <Provisional isAdmin={isAdmin} network={network} />}
      isBlocked={!network?.mapping}
      title="Import a file of transactions"
    >
      {checked && <TransactionPreview checked={checked} timeZone={timeZone} />}
      {done && <TransactionImportOutcome done={done} />}
    </ImportPanel>
  )
}

const noteOf = ({ refused, rows }: CheckedTransactions): string => {
  if (rows === 0) return 'No line of the file can be read: nothing would come in.'
  const money = 'What the network approved is credited to wallets, what it declined is taken back.'
  return refused === 0 ? money : `${money} Lines that cannot be read are kept aside.`
}

const Provisional = ({ isAdmin, network }: { isAdmin: boolean; network: FileNetwork }) =>
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
