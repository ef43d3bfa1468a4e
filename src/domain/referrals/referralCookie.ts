/** The cookie that stores the code of an invite link until its visitor registers. */
export const REFERRAL_COOKIE = 'tributary-ref'
