import { createCashfree } from './cashfree.ts'
import { createPaypal } from './paypal.ts'
import { createRazorpayx } from './razorpayx.ts'
import { createSimulatedBank } from './simulated.ts'
import { createTremendous } from './tremendous.ts'
import type { PayoutProvider } from './types.ts'

/** Creates the payout providers, each with its own wire format, on one bank. */
export const createPayoutProviders = (): PayoutProvider[] => [
  createRazorpayx(),
  createCashfree(),
  createSimulatedBank(),
  createPaypal(),
  createTremendous(),
]
