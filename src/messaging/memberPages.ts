/**
 * The paths of the pages on the members' site that messages link to. A site with other paths must
 * redirect.
 */
export const memberPages = {
  wallet: () => '/wallet',
  withdrawals: () => '/withdrawals',
  order: (number: string) => `/orders/${encodeURIComponent(number)}`,
  verifyEmail: (token: string) => `/verify-email?token=${encodeURIComponent(token)}`,
  resetPassword: (token: string) => `/reset-password?token=${encodeURIComponent(token)}`,
  forgotPassword: () => '/forgot-password',
  /** The member's notification preferences, per category and channel. */
  preferences: () => '/account/notifications',
}
