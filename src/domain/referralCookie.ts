/** Keeps the code of an invite link until its follower registers. */
export const REFERRAL_COOKIE = 'tributary-ref'
