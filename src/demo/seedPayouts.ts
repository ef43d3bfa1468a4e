import type { PayloadRequest } from 'payload'

const LIMITS = {
  isOn: true,
  driver: 'simulated',
  minMinor: 100_00,
  maxMinor: 50_000_00,
  memberDayMinor: 100_000_00,
  actorDayMinor: 500_000_00,
  // Low, so that the demo shows two people.
  fourEyesAboveMinor: 500_00,
  autoApproveBelowMinor: 0,
  autoApproveAfterDays: 90,
  autoApproveAfterSettled: 3,
  // A new method can be used at once, so that the demo need not wait three days.
  coolOffHours: 0,
  feeFixedMinor: 5_00,
  feePercentBps: 0,
  feeBearer: 'member',
} as const

/** Sets the rules of payouts of the demo: the simulated bank pays rupees by UPI and to accounts. */
export const seedPayouts = async (req: PayloadRequest): Promise<void> => {
  const kinds = ['upi', 'bank-in'] as const
  await req.payload.updateGlobal({
    slug: 'payout-config',
    data: { rules: kinds.map((kind) => ({ ...LIMITS, currency: 'INR', kind })) },
    depth: 0,
    req,
  })
}
