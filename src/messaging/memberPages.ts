/**
 * The pages of the members' own site that messages lead to, below its address. A site that has them
 * elsewhere redirects.
 */
export const memberPages = {
  wallet: () => '/wallet',
  withdrawals: () => '/withdrawals',
  order: (number: string) => `/orders/${encodeURIComponent(number)}`,
  verifyEmail: (token: string) => `/verify-email?token=${encodeURIComponent(token)}`,
  resetPassword: (token: string) => `/reset-password?token=${encodeURIComponent(token)}`,
  /** Which messages a member wants, per category and channel. */
  preferences: () => '/account/notifications',
}
