import type { SkipReason } from '../../../../src/domain/referrals/commission.ts'

/** What each check asks for, in the words of the one who passes it. */
export const CHECK_WORDS: Record<SkipReason, string> = {
  'program-disabled': 'Programme is switched on',
  'no-referrer': 'Payer has a referrer',
  'self-referral': 'Referrer is another person',
  'same-email': 'E-mail addresses differ',
  'same-phone': 'Phone numbers differ',
  'referral-loop': 'No referral loop',
  'referrer-inactive': 'Referrer takes part',
  'duration-ended': 'Within the duration',
  'currency-not-configured': 'Currency is configured',
  'below-minimum': 'At or above the minimum',
  'rounds-to-zero': 'Rounds above zero',
}

/** How a value was compared, where the value alone does not say it. */
export const CHECK_NOTES: Partial<Record<SkipReason, string>> = {
  'same-email': 'compared without case, +tags and the dots that Gmail ignores',
  'same-phone': 'compared in international form',
}
