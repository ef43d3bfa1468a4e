import { DomainError } from '../../domain/errors.ts'
import type { Template } from '../types.ts'
import { accountChanged } from './accountChanged.ts'
import { alreadyRegistered } from './alreadyRegistered.ts'
import { cashbackChanged } from './cashbackChanged.ts'
import { cashbackCredited } from './cashbackCredited.ts'
import { cashbackDeclined } from './cashbackDeclined.ts'
import { cashbackOnHold } from './cashbackOnHold.ts'
import { cashbackTracked } from './cashbackTracked.ts'
import { changeRequested } from './changeRequested.ts'
import { claimAnswered } from './claimAnswered.ts'
import { commissionEarned } from './commissionEarned.ts'
import { commissionReversed } from './commissionReversed.ts'
import { networkStale } from './networkStale.ts'
import { operationsAlert } from './operationsAlert.ts'
import { orderConfirmed } from './orderConfirmed.ts'
import { otp } from './otp.ts'
import { passwordReset } from './passwordReset.ts'
import { payoutMethodChanged } from './payoutMethodChanged.ts'
import { payoutMethodCode } from './payoutMethodCode.ts'
import { plainEmail } from './plainEmail.ts'
import { verifyEmail } from './verifyEmail.ts'
import { welcome } from './welcome.ts'
import { withdrawalCancelled } from './withdrawalCancelled.ts'
import { withdrawalDebited } from './withdrawalDebited.ts'
import { withdrawalFailed } from './withdrawalFailed.ts'
import { withdrawalOnHold } from './withdrawalOnHold.ts'
import { withdrawalProcessed } from './withdrawalProcessed.ts'
import { withdrawalRejected } from './withdrawalRejected.ts'
import { withdrawalRequested } from './withdrawalRequested.ts'
import { withdrawalReturned } from './withdrawalReturned.ts'
import { withdrawalSettled } from './withdrawalSettled.ts'

const registry = {
  welcome,
  'verify-email': verifyEmail,
  'account-changed': accountChanged,
  'already-registered': alreadyRegistered,
  otp,
  'payout-method-code': payoutMethodCode,
  'payout-method-changed': payoutMethodChanged,
  'order-confirmed': orderConfirmed,
  'cashback-tracked': cashbackTracked,
  'cashback-credited': cashbackCredited,
  'cashback-changed': cashbackChanged,
  'cashback-on-hold': cashbackOnHold,
  'cashback-declined': cashbackDeclined,
  'claim-answered': claimAnswered,
  'withdrawal-requested': withdrawalRequested,
  'withdrawal-processed': withdrawalProcessed,
  'withdrawal-settled': withdrawalSettled,
  'withdrawal-failed': withdrawalFailed,
  'withdrawal-returned': withdrawalReturned,
  'withdrawal-on-hold': withdrawalOnHold,
  'withdrawal-rejected': withdrawalRejected,
  'withdrawal-cancelled': withdrawalCancelled,
  'withdrawal-debited': withdrawalDebited,
  'password-reset': passwordReset,
  'commission-earned': commissionEarned,
  'commission-reversed': commissionReversed,
  'network-stale': networkStale,
  'operations-alert': operationsAlert,
  'change-requested': changeRequested,
  'plain-email': plainEmail,
}

/**
 * All templates. The types of their data are dropped here, because they were checked when a row was
 * queued.
 */
export const templates = Object.values(registry) as unknown as readonly Template[]

/**
 * Finds the template of a row.
 *
 * @throws DomainError `messaging.unknown-template` such as a name from a later version
 */
export const findTemplate = (name: string): Template => {
  const template = templates.find((one) => one.name === name)
  if (template) return template
  throw new DomainError('messaging.unknown-template', `There is no template "${name}".`, { name })
}
