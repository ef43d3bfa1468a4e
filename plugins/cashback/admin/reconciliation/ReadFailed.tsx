'use client'
import { useRouter } from 'next/navigation'

import { Sign } from '../../../../src/admin/status/Sign.tsx'

/** Shown instead of figures that could not be read. */
export const ReadFailed = ({ what }: { what: string }) => {
  const router = useRouter()
  return (
    <div className="t-badge t-badge--bad" role="alert">
      <Sign name="warning" />
      <span>
        {what}: the figures could not be read. The other parts of this page are not affected.
      </span>
      <button
        className="t-button"
        onClick={() => {
          router.refresh()
        }}
        type="button"
      >
        Try again
      </button>
    </div>
  )
}
