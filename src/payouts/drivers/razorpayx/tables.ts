import type { PayoutReport } from '../types.ts'

/**
 * The states of a payout. `pending` waits for approval, `queued` for balance. Any other state is
 * `unknown`. Source: razorpay.com/docs/x/payouts/states-life-cycle.
 */
export const STATUSES: Readonly<Record<string, PayoutReport['status']>> = {
  pending: 'pending',
  queued: 'pending',
  scheduled: 'pending',
  processing: 'pending',
  processed: 'settled',
  reversed: 'returned',
  failed: 'failed',
  rejected: 'failed',
  cancelled: 'failed',
}

/**
 * What helps against a reason of `status_details`, or of a refusal. Source:
 * razorpay.com/docs/x/payouts, status details and errors.
 */
export const REMEDIES: Readonly<Record<string, NonNullable<PayoutReport['remedy']>>> = {
  beneficiary_bank_offline: 'later',
  beneficiary_bank_failure: 'later',
  beneficiary_bank_technical_error: 'later',
  beneficiary_psp_offline: 'later',
  npci_beneficiary_timeout: 'later',
  gateway_down: 'later',
  gateway_timeout: 'later',
  gateway_technical_error: 'later',
  amount_limit_exhausted_neft: 'later',
  amount_limit_exhausted: 'later',
  server_error_temporary: 'later',
  // Of queued payouts that failed after waiting.
  beneficiary_bank_down: 'later',
  gateway_degraded: 'later',
  bank_window_closed: 'later',
  bank_account_invalid: 'fix',
  bank_account_closed: 'fix',
  bank_account_frozen: 'fix',
  beneficiary_account_dormant: 'fix',
  beneficiary_account_invalid: 'fix',
  invalid_ifsc_code: 'fix',
  beneficiary_vpa_invalid: 'fix',
  invalid_beneficiary: 'fix',
  transaction_limit_exceeded: 'fix',
  // The setting `banksWithoutImps` chooses another mode; the same order would fail again.
  imps_not_allowed: 'operator',
  insufficient_funds: 'operator',
  low_balance: 'operator',
  beneficiary_bank_rejected: 'operator',
  server_error: 'operator',
  input_validation_failed: 'operator',
}
