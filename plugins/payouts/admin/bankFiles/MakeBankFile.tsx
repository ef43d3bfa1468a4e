'use client'
import { useState } from 'react'

import { ActionButton } from '../../../../src/admin/actions/ActionButton.tsx'
import { countOf } from '../../../../src/admin/format/counts.ts'
import { Panel } from '../../../../src/admin/layout/Panel.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import type { Payable } from '../../../../src/payouts/desk/listBatches.ts'

/** Makes a bank file of all that is approved with one profile, after its count and total were seen. */
export const MakeBankFile = ({ payable, today }: { payable: Payable[]; today: string }) => {
  const [chosen, setChosen] = useState(payable.findIndex(({ count }) => count > 0))
  const [payDate, setPayDate] = useState(today)
  const one = payable[chosen]
  if (!one) return <NothingToPay payable={payable} />
  const { count, currency, stopped, totalMinor } = one
  const sum = `${countOf(count, 'payment')}, ${formatMoney(totalMinor, currency)}`
  return (
    <Panel title="Make a bank file">
      <FileFields {...{ chosen, payDate, payable, setChosen, setPayDate, today }} />
      <p className="t-gap">
        <b>{sum}</b>
        {stopped > 0 && (
          <span className="t-sub">
            {countOf(stopped, 'approved withdrawal')} stopped: see “To pay”
          </span>
        )}
      </p>
      <MakeButton one={one} payDate={payDate} sum={sum} />
    </Panel>
  )
}

type Fields = {
  chosen: number
  payable: Payable[]
  payDate: string
  setChosen: (index: number) => void
  setPayDate: (day: string) => void
  today: string
}

const FileFields = ({ chosen, payable, payDate, setChosen, setPayDate, today }: Fields) => (
  <div className="t-filters">
    <label>
      Profile
      <select
        onChange={({ target }) => {
          setChosen(Number(target.value))
        }}
        value={chosen}
      >
        {payable.map(({ bankProfile, currency }, index) => (
          <option key={`${bankProfile} ${currency}`} value={index}>
            {bankProfile}
          </option>
        ))}
      </select>
    </label>
    <label>
      Pay day
      <input
        min={today}
        onChange={({ target }) => {
          setPayDate(target.value)
        }}
        required
        type="date"
        value={payDate}
      />
    </label>
  </div>
)

const MakeButton = ({
  one: { bankProfile, count },
  payDate,
  sum,
}: {
  one: Payable
  payDate: string
  /** The count and the total, as text. */
  sum: string
}) => (
  <ActionButton
    body={{ bankProfile, payDate }}
    confirmLabel={`Make the file, ${sum}`}
    done="The bank file was made. Download it and hand it to the bank."
    heading={`Make a bank file of ${sum}?`}
    isDisabled={count === 0 || payDate === ''}
    label={`Make a file of ${sum}…`}
    path="/payout-batches"
    size="small"
    slug="make-bank-file"
    style="primary"
  >
    <p>
      The money of these withdrawals counts as sent from now on, and the members are notified. The
      bank pays once you hand it the file.
    </p>
    <p className="t-muted">
      {bankProfile}, pay day {payDate}. A withdrawal that the file cannot pay stays approved.
      Another person imports the answer.
    </p>
  </ActionButton>
)

const NothingToPay = ({ payable }: { payable: Payable[] }) => {
  const stopped = payable.reduce((sum, row) => sum + row.stopped, 0)
  return (
    <Panel title="Make a bank file">
      <p className="t-muted">
        No approved withdrawal waits for a bank file.
        {stopped > 0 && ` ${countOf(stopped, 'withdrawal')} stopped: see “To pay”.`}
      </p>
    </Panel>
  )
}
