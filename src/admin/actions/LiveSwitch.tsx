'use client'
import { Button } from '@payloadcms/ui'

import type { Times } from '../format/times.ts'
import type { Polled } from './usePolled.ts'

/** Says how old the figures are, and lets them rest or go on. */
export const LiveSwitch = ({
  at,
  polled: { isLive, toggle, trouble },
  times,
}: {
  /** As of when the figures are, in ISO 8601. */
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
      {isLive ? 'Stop updating' : 'Go on updating'}
    </Button>
  </>
)
