'use client'
import { Button } from '@payloadcms/ui'

import { Sign } from '../../../../src/admin/status/Sign.tsx'
import { useDesk } from './deskContext.ts'
import type { DeskItem } from './deskItem.ts'
import { describeItems } from './sumItems.ts'

/** At the foot of the window: what became of the latest action, and the selection. */
export const DeskBar = () => {
  const { outcome, selected } = useDesk()
  return (
    <div className="t-desk__bar">
      {/* Always there, so that screen readers announce what appears in it. */}
      <div aria-live="polite" role="status">
        {outcome.length > 0 && selected.size === 0 && <Outcome />}
      </div>
      {selected.size > 0 && <Selection />}
    </div>
  )
}

const Outcome = () => {
  const { outcome, report } = useDesk()
  return (
    <div className="t-desk__outcome">
      <ul>
        {outcome.map(({ isBad, text }) => (
          <li className={isBad ? 't-fail' : undefined} key={text}>
            <Sign name={isBad ? 'warning' : 'check'} />
            <span>{text}</span>
          </li>
        ))}
      </ul>
      <button
        className="t-button"
        onClick={() => {
          report([])
        }}
        type="button"
      >
        Close
      </button>
    </div>
  )
}

/** @example // '1 has a high risk, 2 need a second person' */
const describeCare = (chosen: readonly DeskItem[]): string => {
  const count = (is: (item: DeskItem) => boolean): number => chosen.filter(is).length
  const [high, second, not] = [
    count(({ risk }) => risk === 'high'),
    count(({ needsSecond }) => needsSecond),
    count(({ noApproval }) => noApproval !== null),
  ]
  const parts = [
    high > 0 && `${high} ${high === 1 ? 'has' : 'have'} a high risk`,
    second > 0 && `${second} then ${second === 1 ? 'needs' : 'need'} a second person`,
    not > 0 && `${not} you cannot approve`,
  ].filter((part) => part !== false)
  return parts.length > 0 ? parts.join(', ') : 'None has a high risk or needs a second person'
}

const Selection = () => {
  const { ask, items, select, selected } = useDesk()
  const chosen = [...selected].flatMap((id) => items.get(id) ?? [])
  const possible = chosen.filter(({ noApproval }) => noApproval === null)
  return (
    <div aria-label="Selection" className="t-desk__selection" role="region">
      <p>
        <b>{describeItems(chosen)} selected</b>
        <small>{describeCare(chosen)}</small>
      </p>
      <div className="t-actions">
        <Button
          buttonStyle="secondary"
          margin={false}
          onClick={() => {
            select([...selected], false)
          }}
          size="small"
          type="button"
        >
          Select none
        </Button>
        <Button
          disabled={possible.length === 0}
          margin={false}
          onClick={() => {
            ask('approve', [...selected])
          }}
          size="small"
          type="button"
        >
          {`Approve ${describeItems(possible)}…`}
        </Button>
      </div>
    </div>
  )
}
