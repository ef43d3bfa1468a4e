import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'

import { ActionButton } from '../../../src/admin/actions/ActionButton.tsx'
import { ActNow } from '../../../src/admin/actions/ActNow.tsx'
import { ReasonField } from '../../../src/admin/actions/ReasonField.tsx'
import { formatCount } from '../../../src/admin/format/counts.ts'
import type { Times } from '../../../src/admin/format/times.ts'
import { AdminLink } from '../../../src/admin/layout/AdminLink.tsx'
import { Scroll } from '../../../src/admin/layout/Scroll.tsx'
import { SectionHead } from '../../../src/admin/layout/SectionHead.tsx'
import { labelOf } from '../../../src/domain/labels.ts'
import { checkReason } from '../../../src/domain/reason.ts'
import { channelName } from '../../../src/messaging/channelName.ts'
import type { DeadLetter } from '../../../src/messaging/outbox/deadLetters.ts'
import type { OperationsStats } from '../../../src/operations/operationsStats.ts'
import { describeReason } from './describeReason.ts'

/** The notifications that failed for good: an admin retries or discards each. */
export const DeadLetters = ({
  onDone,
  stats,
  times,
}: {
  onDone: () => void
  stats: OperationsStats
  times: Times
}) => {
  const letters = stats.deadLetters
  const count = stats.email.dead + stats.sms.dead
  if (letters.length === 0) {
    return (
      <>
        <SectionHead>Dead letters</SectionHead>
        <p className="t-empty">
          No dead letters. A message that cannot be sent appears here with the reason.
        </p>
      </>
    )
  }
  const note =
    count > letters.length
      ? `the newest ${letters.length} of ${formatCount(count)}`
      : `${formatCount(count)}, newest first`
  return (
    <>
      <SectionHead note={note}>Dead letters</SectionHead>
      <Scroll label="Dead letters">
        <table className="t-table t-letters">
          <thead>
            <tr>
              <th scope="col">Failed ({times.zone})</th>
              <th scope="col">Message</th>
              <th scope="col">Why</th>
              <th aria-label="Actions" scope="col" />
            </tr>
          </thead>
          <tbody>
            {letters.map((letter) => (
              <Row key={letter.id} letter={letter} onDone={onDone} times={times} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )
}

const Row = ({
  letter,
  onDone,
  times,
}: {
  letter: DeadLetter
  onDone: () => void
  times: Times
}) => {
  const { config } = useConfig()
  const what = `${labelOf(letter.template)} to ${letter.to}`
  return (
    <tr>
      <td className="t-nowrap">{letter.at ? times.short(letter.at) : '—'}</td>
      <td>
        <AdminLink href={`${config.routes.admin}/collections/notifications/${letter.id}`}>
          {labelOf(letter.template)}
        </AdminLink>
        <span className="t-sub t-nowrap">
          {channelName(letter.channel)} to {letter.to}
        </span>
      </td>
      <Why letter={letter} />
      <td>
        <div className="t-actions">
          {letter.isErased ? (
            <span className="t-sub">Its secret is erased. A new one must be requested.</span>
          ) : (
            <ActNow
              done="Back in the queue."
              label="Retry"
              name={`Retry ${what}`}
              onDone={onDone}
              path={`/notifications/${letter.id}/retry`}
            />
          )}
          <DiscardLetter id={letter.id} onDone={onDone} what={what} />
        </div>
      </td>
    </tr>
  )
}

const Why = ({ letter: { attemptCount, provider, reason } }: { letter: DeadLetter }) => (
  <td>
    {describeReason(reason)}
    <span className="t-sub">
      {reason && (
        <>
          <span className="t-code">{reason}</span>,{' '}
        </>
      )}
      {provider && `${provider}, `}
      {attemptCount === 1 ? '1 try' : `${attemptCount} tries`}
    </span>
  </td>
)

/** Discards a dead letter with a reason. */
const DiscardLetter = ({ id, onDone, what }: { id: string; onDone: () => void; what: string }) => {
  const [reason, setReason] = useState('')
  return (
    <ActionButton
      body={{ reason }}
      confirmLabel="Discard it"
      done="Discarded. It will not be sent."
      heading={`Discard ${what}?`}
      isReady={checkReason(reason) !== null}
      label="Discard…"
      onDone={onDone}
      path={`/notifications/${id}/discard`}
      size="small"
      slug={`discard-${id}`}
    >
      <p>It will never be sent. It stays in the list of notifications, with your reason.</p>
      <ReasonField onChange={setReason} path={`discardReason-${id}`} reason={reason} />
    </ActionButton>
  )
}
