'use client'
import { TextInput } from '@payloadcms/ui'
import { useState } from 'react'

import { ActionButton } from '../../../../src/admin/actions/ActionButton.tsx'
import { daysToWindow } from './daysToWindow.ts'
import type { NetworkFigures } from './loadOverview.ts'
import type { Screen } from '../screen.ts'

const MAX_NOTE_LENGTH = 200

/** Requests a read of past days, for example for late approvals. */
export const RereadWindow = ({
  isWaiting,
  network: { id, name },
  screen,
}: {
  isWaiting: boolean
  network: NetworkFigures
  screen: Screen
}) => {
  const [days, setDays] = useState({ from: '', to: '' })
  const [note, setNote] = useState('')
  const { timeZone, zone } = screen.times
  const window = daysToWindow(days, { now: screen.at, timeZone })
  return (
    <ActionButton
      body={{ ...window, ...(note.trim() ? { note: note.trim() } : {}) }}
      confirmLabel="Read these days"
      done={`Requested. A worker reads these days of ${name}.`}
      heading={`Read days of ${name} again?`}
      isDisabled={isWaiting}
      isReady={window !== null}
      label="Re-read a window…"
      onDone={screen.onDone}
      path={`/networks/${id}/sync`}
      size="small"
      slug={`reread-${id}`}
      style="transparent"
    >
      <p>
        Fetches the transactions of these days again. A changed transaction changes its cashback;
        the others stay as they are. The watermarks do not move.
      </p>
      <DayInputs days={days} onChange={setDays} zone={zone} />
      <TextInput
        description={`Shown beside the run, such as “late approvals”. At most ${MAX_NOTE_LENGTH} characters.`}
        label="Note"
        onChange={(event: { target: { value: string } }) => {
          setNote(event.target.value.slice(0, MAX_NOTE_LENGTH))
        }}
        path={`note-${id}`}
        value={note}
      />
    </ActionButton>
  )
}

/** As `2026-11-20`, or empty. */
type Days = { from: string; to: string }

/** The first and the last day of a window, as date inputs of the browser. */
const DayInputs = ({
  days,
  onChange,
  zone,
}: {
  days: Days
  onChange: (days: Days) => void
  zone: string
}) => (
  <div className="t-days">
    <DayInput
      label={`From (${zone})`}
      onChange={(from) => {
        onChange({ ...days, from })
      }}
      value={days.from}
    />
    <DayInput
      label={`To, inclusive (${zone})`}
      onChange={(to) => {
        onChange({ ...days, to })
      }}
      value={days.to}
    />
  </div>
)

const DayInput = ({
  label,
  onChange,
  value,
}: {
  label: string
  onChange: (day: string) => void
  value: string
}) => (
  <label>
    {label}
    <input
      onChange={(event) => {
        onChange(event.target.value)
      }}
      type="date"
      value={value}
    />
  </label>
)
