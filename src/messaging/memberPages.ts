/**
 * The paths of the pages on the members' site that messages and the sitemap link to. A site with
 * other paths must redirect.
 */
export const memberPages = {
  merchant: (slug: string) => `/merchants/${encodeURIComponent(slug)}`,
  offer: (id: string) => `/offers/${encodeURIComponent(id)}`,
  wallet: () => '/wallet',
  withdrawals: () => '/withdrawals',
  order: (number: string) => `/orders/${encodeURIComponent(number)}`,
  verifyEmail: (token: string) => `/verify-email?token=${encodeURIComponent(token)}`,
  resetPassword: (token: string) => `/reset-password?token=${encodeURIComponent(token)}`,
  forgotPassword: () => '/forgot-password',
  /** The member's notification preferences, per category and channel. */
  preferences: () => '/account/notifications',
}
