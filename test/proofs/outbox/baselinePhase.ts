import type { BuiltProduct } from '../../support/startBuiltProduct.ts'
import type { Finding } from '../types.ts'
import { overtaking, queueMany, secondsOfCodes, sendCodes, untilNoneWaits } from './load.ts'

type Plan = {
  count: number
  /** The proof has the machine to itself: seconds are a guarantee. */
  isTimed: boolean
  say: (line: string) => void
}

/** No worker is killed: codes overtake everything else. */
export const baselinePhase = async (
  product: BuiltProduct,
  { count, isTimed, say }: Plan,
): Promise<Finding[]> => {
  const over = new AbortController()
  const started = Date.now()
  await queueMany(product, count, 'calm')
  const codes = sendCodes(product, 'calm-code', over.signal)
  await untilNoneWaits(product, 'calm')
  over.abort()
  await codes
  await untilNoneWaits(product, 'calm-code')
  const seconds = (Date.now() - started) / 1000
  say(`${count} messages in ${Math.round(seconds)} s, ${Math.round(count / seconds)} a second`)
  const { count: sent, longest, p99 } = await secondsOfCodes(product, 'calm-code')
  const seen = `p99 ${p99.toFixed(2)} s, longest ${longest.toFixed(2)} s of ${sent} codes`
  if (isTimed) {
    const guarantee = `without kills a code leaves within a second behind ${count} others (p99)`
    return [{ guarantee, holds: p99 <= 1, seen }]
  }
  const order = await overtaking(product, 'calm-code', 'calm')
  return [
    {
      guarantee: `without kills a code overtakes at least two thirds of ${count} mails that wait`,
      holds: order.holds,
      seen: `${order.seen}; ${seen}`,
    },
  ]
}
