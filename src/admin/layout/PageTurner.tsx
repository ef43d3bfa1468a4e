'use client'
import { Button } from '@payloadcms/ui'

import { type Place, rangeWords } from '../format/rangeWords.ts'

/** Where one is in a long list, and the ways on and back. */
export const PageTurner = ({ onTurn, ...place }: Place & { onTurn: (page: number) => void }) => {
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
      <span className="t-muted">{rangeWords(place)}</span>
      {(total > limit || page > 1) && (
        <span className="t-queues__deeds">
          {turn('Previous', page - 1, page > 1)}
          {turn('Next', page + 1, page * limit < total)}
        </span>
      )}
    </div>
  )
}
