'use client'
import { TextInput } from '@payloadcms/ui'
import { useState } from 'react'

import { ActionButton } from '../../../src/admin/actions/ActionButton.tsx'
import { DayInputs } from './DayInputs.tsx'
import { daysToWindow } from './daysToWindow.ts'
import type { NetworkFigures } from './loadOverview.ts'
import type { Screen } from './screen.ts'

const LONGEST = 200

/** Asks a network anew for days that were read before, such as for late approvals. */
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
      done={`${name} was asked for these days; a worker takes it.`}
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
        The transactions of these days are asked for again. What changed moves its cashback; what is
        as it was stays. The cursors do not move.
      </p>
      <DayInputs days={days} onChange={setDays} zone={zone} />
      <TextInput
        description={`Shown beside the run, such as “late approvals”. At most ${LONGEST} characters.`}
        label="Note"
        onChange={(event: { target: { value: string } }) => {
          setNote(event.target.value.slice(0, LONGEST))
        }}
        path={`note-${id}`}
        value={note}
      />
    </ActionButton>
  )
}
