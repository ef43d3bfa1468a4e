/** The kinds of accounts that members can be paid to. */
export const METHOD_KINDS = ['upi', 'bank-in', 'iban', 'paypal', 'gift-card'] as const
export type MethodKind = (typeof METHOD_KINDS)[number]
