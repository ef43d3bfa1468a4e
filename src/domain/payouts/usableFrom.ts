const HOUR_MS = 3_600_000

/** What decides when a confirmed method can be used. */
type Confirmation = {
  /** When the member confirmed the method. */
  now: Date
  /** The strictest cool-off of its kind. */
  coolOffHours: number
  /** Since when the phone or the address that received the code is confirmed for this account. */
  contactSince: Date
  memberSince: Date
}

/**
 * Returns from when a method can be used. It cools off from its confirmation on. A phone or address
 * that is itself younger than the cool-off was perhaps given by an intruder, so the method begins to
 * cool off only once the contact has. A contact of the first hours of an account came with it.
 *
 * With 72 hours, a method that an old number confirms at noon on the 1st is usable at noon on the 4th.
 */
export const computeUsableFrom = ({
  contactSince,
  coolOffHours,
  memberSince,
  now,
}: Confirmation): Date => {
  const coolOffMs = coolOffHours * HOUR_MS
  const isOriginal = contactSince.getTime() - memberSince.getTime() < coolOffMs
  const trustedFrom = isOriginal ? 0 : contactSince.getTime() + coolOffMs
  return new Date(Math.max(now.getTime(), trustedFrom) + coolOffMs)
}
