'use client'
import { Button } from '@payloadcms/ui'

import type { Times } from '../format/times.ts'
import type { Polled } from './usePolled.ts'

/** Shows the time of the figures, and stops or resumes their updates. */
export const LiveSwitch = ({
  at,
  polled: { isLive, toggle, trouble },
  times,
}: {
  /** The time of the figures, in ISO 8601. */
  at: string
  polled: Omit<Polled<unknown>, 'figures'>
  times: Times
}) => (
  <>
    <span className={isLive && !trouble ? 't-live' : 't-muted'}>
      {isLive && !trouble ? 'Live, every 5 s · ' : 'As of '}
      {times.clock(at)} {times.zone}
    </span>
    <Button buttonStyle="secondary" margin={false} onClick={toggle} size="small">
      {isLive ? 'Stop updating' : 'Resume updating'}
    </Button>
  </>
)
