import { z } from 'zod'

import { DomainError } from '../domain/errors.ts'
import type { ChannelKind } from '../messaging/types.ts'
import { phoneNumber } from '../phoneNumber.ts'

const LONGEST = 254
const Email = z.email()

/**
 * What somebody typed as the address of a channel, as providers take it: a number in E.164.
 *
 * @throws DomainError `messaging.invalid-address`
 */
export const addressFor = (channel: ChannelKind, typed: string): string => {
  const text = typed.length <= LONGEST ? typed.trim() : ''
  const address = channel === 'sms' ? phoneNumber(text) : (Email.safeParse(text).data ?? null)
  if (address !== null) return address
  throw new DomainError('messaging.invalid-address', WORDS[channel], { field: 'to' })
}

const WORDS: Record<ChannelKind, string> = {
  email: 'Enter an e-mail address, such as asha@example.in.',
  sms: 'Enter a phone number, such as +91 98765 43210.',
}
