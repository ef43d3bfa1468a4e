import type { BuiltProduct } from '../../support/startBuiltProduct.ts'
import type { Finding } from '../types.ts'
import { measureOvertaking, queueMany, measureCodes, sendCodes, untilNoneWaits } from './load.ts'

type Plan = {
  count: number
  /** True if the proof runs alone on the machine, so that durations can be guaranteed. */
  isTimed: boolean
  say: (line: string) => void
}

/** Sends codes and bulk mails without kills: codes overtake the mails. */
export const baselinePhase = async (
  product: BuiltProduct,
  { count, isTimed, say }: Plan,
): Promise<Finding[]> => {
  const over = new AbortController()
  const started = Date.now()
  await queueMany(product, count, 'baseline')
  const codes = sendCodes(product, 'baseline-code', over.signal)
  await untilNoneWaits(product, 'baseline')
  over.abort()
  await codes
  await untilNoneWaits(product, 'baseline-code')
  const seconds = (Date.now() - started) / 1000
  say(`${count} messages in ${Math.round(seconds)} s, ${Math.round(count / seconds)} a second`)
  const { count: sent, longest, p99 } = await measureCodes(product, 'baseline-code')
  const seen = `p99 ${p99.toFixed(2)} s, longest ${longest.toFixed(2)} s of ${sent} codes`
  if (isTimed) {
    const guarantee = `without kills the p99 of codes is at most 1 s behind ${count} mails`
    return [{ guarantee, holds: p99 <= 1, seen }]
  }
  const order = await measureOvertaking(product, 'baseline-code', 'baseline')
  return [
    {
      guarantee: `without kills codes overtake at least two thirds of ${count} waiting mails`,
      holds: order.holds,
      seen: `${order.seen}; ${seen}`,
    },
  ]
}
