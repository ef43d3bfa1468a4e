'use client'
import { Button } from '@payloadcms/ui'

import { type ListPosition, formatRange } from '../format/formatRange.ts'

/** The position in a long list, with buttons for the previous and the next page. */
export const PageTurner = ({
  onTurn,
  ...place
}: ListPosition & { onTurn: (page: number) => void }) => {
  const { limit, page, total } = place
  const turn = (label: string, to: number, isPossible: boolean) => (
    <Button
      buttonStyle="secondary"
      disabled={!isPossible}
      margin={false}
      onClick={() => {
        onTurn(to)
      }}
      size="small"
      type="button"
    >
      {label}
    </Button>
  )
  return (
    <div className="t-pages">
      <span className="t-muted">{formatRange(place)}</span>
      {(total > limit || page > 1) && (
        <span className="t-actions">
          {turn('Previous', page - 1, page > 1)}
          {turn('Next', page + 1, page * limit < total)}
        </span>
      )}
    </div>
  )
}
