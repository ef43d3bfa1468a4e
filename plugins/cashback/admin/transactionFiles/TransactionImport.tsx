'use client'
import { countOf } from '../../../../src/admin/format/counts.ts'
import type { FileNetwork } from '../../../../src/cashback/reconciliation/listNetworks.ts'
import { FileField } from '../fileImport/FileField.tsx'
import { ImportConfirm } from '../fileImport/ImportConfirm.tsx'
import { ImportPanel } from '../fileImport/ImportPanel.tsx'
import { NetworkField } from '../fileImport/NetworkField.tsx'
import { TextField } from '../fileImport/TextField.tsx'
import { FileMapping, NoMapping } from './FileMapping.tsx'
import { TransactionImportOutcome } from './TransactionImportOutcome.tsx'
import { TransactionPreview } from './TransactionPreview.tsx'
import {
  type CheckedTransactions,
  type TransactionsForm,
  useTransactionImport,
} from './useTransactionImport.ts'

type Props = {
  /** The id of the network in the URL. An unknown value chooses the first network. */
  chosen: unknown
  isAdmin: boolean
  networks: FileNetwork[]
  timeZone: string
  /** In UTC, like the dates of files. */
  today: string
}

/** Imports a network's file of transactions after a check. Lines that cannot be read are quarantined. */
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
            note={describeEffect(checked)}
            onConfirm={() => void confirm()}
          />
        )
      }
      fields={<TransactionFields change={change} form={form} networks={networks} today={today} />}
      file={file}
      hint={network && <MappingHint isAdmin={isAdmin} network={network} />}
      isBlocked={!network?.mapping}
      title="Import a file of transactions"
    >
      {checked && <TransactionPreview checked={checked} timeZone={timeZone} />}
      {done && <TransactionImportOutcome done={done} />}
    </ImportPanel>
  )
}

const describeEffect = ({ refused, rows }: CheckedTransactions): string => {
  if (rows === 0) return 'No line of the file can be read, so nothing would be imported.'
  const money = 'Approved cashback is credited to wallets. Declined cashback is taken back.'
  return refused === 0 ? money : `${money} Lines that cannot be read are quarantined.`
}

const MappingHint = ({ isAdmin, network }: { isAdmin: boolean; network: FileNetwork }) =>
  network.mapping === null ? (
    <NoMapping isAdmin={isAdmin} network={network} />
  ) : (
    <>
      <p className="t-foot">
        CSV or a workbook (.xlsx), up to 10 MB and 50,000 rows. The check writes nothing. For a file
        that was made on an earlier day, give that day, so that it does not replace newer
        observations.
      </p>
      <FileMapping id={network.id} isAdmin={isAdmin} mapping={network.mapping} />
    </>
  )

/** The network, the file, and its day if that is not today. */
const TransactionFields = ({
  change,
  form,
  networks,
  today,
}: {
  change: (part: Partial<TransactionsForm>) => void
  form: TransactionsForm
  networks: { id: string; name: string }[]
  today: string
}) => (
  <>
    <NetworkField
      name="transactionsNetwork"
      networks={networks}
      onChange={(network) => {
        change({ network })
      }}
      value={form.network}
    />
    <FileField
      onFile={(file) => {
        change({ file })
      }}
    />
    <TextField
      label="As of, if not now (UTC)"
      max={today}
      name="asOf"
      onText={(asOf) => {
        change({ asOf })
      }}
      type="date"
      value={form.asOf}
    />
  </>
)
