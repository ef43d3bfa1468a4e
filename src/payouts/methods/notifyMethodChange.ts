import type { PayloadRequest } from 'payload'

import { queueNotifications } from '../../messaging/outbox/queueNotifications.ts'
import { payoutMethodChanged } from '../../messaging/templates/payoutMethodChanged.ts'

type Change = {
  id: string
  member: string
  name: string
  kind: 'added' | 'confirmed' | 'removed'
  /** Masked. */
  display: string
  usableFrom?: Date
  now: Date
}

/**
 * Notifies a member by e-mail and SMS of a change of a payout method, in the transaction of the
 * change: who did not make it can still stop it, before the method has cooled off.
 */
export const notifyMethodChange = (
  req: PayloadRequest,
  { display, id, kind, member, name, now, usableFrom }: Change,
): Promise<void> =>
  queueNotifications(
    req,
    [
      {
        key: `payout-method:${id}:${kind}`,
        template: payoutMethodChanged,
        data: {
          name: name || null,
          kind,
          method: display,
          ...(usableFrom ? { usableFrom: usableFrom.toISOString() } : {}),
        },
        user: member,
      },
    ],
    now,
  )
