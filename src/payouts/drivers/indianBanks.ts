import type { PayoutAccount } from './types.ts'

/** A way to move rupees between Indian accounts. */
export type IndianMode = 'IMPS' | 'NEFT' | 'RTGS' | 'UPI'

const RUPEE = 100
const LAKH = 100_000 * RUPEE

/**
 * The least and the most that a mode pays, in paise. RazorpayX and Cashfree document the same: UPI 1
 * lakh, IMPS 5 lakh, RTGS from 2 lakh. NEFT and RTGS have no documented upper limit.
 */
export const MODE_LIMITS: Readonly<Record<IndianMode, { minMinor: number; maxMinor: number }>> = {
  UPI: { minMinor: RUPEE, maxMinor: LAKH },
  IMPS: { minMinor: RUPEE, maxMinor: 5 * LAKH },
  NEFT: { minMinor: RUPEE, maxMinor: 1_000_000 * LAKH },
  RTGS: { minMinor: 2 * LAKH, maxMinor: 1_000_000 * LAKH },
}

type Choice = {
  account: Extract<PayoutAccount, { kind: 'bank-in' | 'upi' }>
  amountMinor: number
  /** The first four characters of the IFSC of banks that refuse IMPS. */
  banksWithoutImps?: readonly string[] | undefined
}

/**
 * Chooses the fastest mode that pays the amount: UPI to a VPA; to an account IMPS, then RTGS, and
 * NEFT for amounts below RTGS at banks without IMPS.
 */
export const chooseMode = ({ account, amountMinor, banksWithoutImps = [] }: Choice): IndianMode => {
  if (account.kind === 'upi') return 'UPI'
  const hasImps = !banksWithoutImps.includes(account.ifsc.slice(0, 4).toUpperCase())
  if (hasImps && amountMinor <= MODE_LIMITS.IMPS.maxMinor) return 'IMPS'
  return amountMinor > MODE_LIMITS.RTGS.minMinor ? 'RTGS' : 'NEFT'
}

type Ask = { kind: string; currency: string; amountMinor: number }

/** Returns why an Indian provider cannot pay this, with a text for members; null if it can. */
export const refuseIndian = ({
  amountMinor,
  currency,
  kind,
}: Ask): { code: string; message: string } | null => {
  if (kind !== 'upi' && kind !== 'bank-in') {
    return { code: 'method-not-supported', message: 'This way of payment is not available.' }
  }
  if (currency !== 'INR') {
    return { code: 'currency-not-supported', message: 'Only Indian rupees can be paid this way.' }
  }
  const { maxMinor, minMinor } = MODE_LIMITS[kind === 'upi' ? 'UPI' : 'NEFT']
  if (amountMinor < minMinor) {
    return { code: 'amount-too-low', message: 'The smallest payment is ₹1.' }
  }
  if (amountMinor > maxMinor) {
    return {
      code: 'amount-too-high',
      message:
        kind === 'upi'
          ? 'UPI pays at most ₹1,00,000 at once. Use a bank account for more.'
          : 'The amount is too high for one payment.',
    }
  }
  return null
}

/**
 * Writes a holder's name in the characters that Indian providers accept: letters, spaces and the
 * given others. Accents are dropped. A name that is shorter than `min` then gets the word Member.
 */
export const writeName = (
  name: string,
  { max, min, others }: { max: number; min: number; others: string },
): string => {
  const outside = new RegExp(`[^A-Za-z ${others}]`, 'g')
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(outside, ' ')
  const tidy = plain.replaceAll(/ +/g, ' ').trim().slice(0, max).trim()
  return tidy.length >= min ? tidy : `${tidy} Member`.trim()
}
