/** The ways in which a member can be paid. */
export const METHOD_KINDS = ['upi', 'bank-in', 'iban', 'paypal', 'gift-card'] as const
export type MethodKind = (typeof METHOD_KINDS)[number]
