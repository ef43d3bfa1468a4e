import type { PayoutReport } from '../types.ts'

/** The states of a transfer. Any other state is `unknown`. Source: Cashfree Payouts, version 2. */
export const STATUSES: Readonly<Record<string, PayoutReport['status']>> = {
  RECEIVED: 'pending',
  APPROVAL_PENDING: 'pending',
  VALIDATION_PENDING: 'pending',
  QUEUED: 'pending',
  PENDING: 'pending',
  SUCCESS: 'settled',
  FAILED: 'failed',
  REJECTED: 'failed',
  MANUALLY_REJECTED: 'failed',
  REVERSED: 'returned',
}

/** Codes of SUCCESS while the money left our account and the credit is not confirmed. */
export const NOT_CREDITED: ReadonlySet<string> = new Set(['SENT_TO_BENEFICIARY'])

/**
 * What helps against a code of a failed or reversed transfer, or of a refusal. Source: Cashfree
 * Payouts, status codes and response codes.
 */
export const REMEDIES: Readonly<Record<string, NonNullable<PayoutReport['remedy']>>> = {
  BENE_BANK_DECLINED: 'later',
  BENEFICIARY_BANK_OFFLINE: 'later',
  BENE_PSP_OFFLINE: 'later',
  NPCI_UNAVAILABLE: 'later',
  CONNECTION_TIMEOUT: 'later',
  VELOCITY_CHECK_FAILED: 'later',
  INVALID_BENE_ACCOUNT_OR_IFSC: 'fix',
  INVALID_ACCOUNT_FAIL: 'fix',
  INVALID_IFSC_FAIL: 'fix',
  INVALID_BENE_VPA: 'fix',
  ACCOUNT_BLOCKED: 'fix',
  NRE_ACCOUNT_FAIL: 'fix',
  RETURNED_FROM_BENEFICIARY: 'fix',
  // The setting `banksWithoutImps` chooses another mode; the same transfer would fail again.
  IMPS_MODE_FAIL: 'operator',
  INSUFFICIENT_BALANCE: 'operator',
  insufficient_balance: 'operator',
  BENE_BLACKLISTED: 'never',
}
