import type { Followed } from './saleWords.ts'

const MOST_MS = 10_000

/** The cashback that followed from a transaction; null where there is none, or no answer came. */
export const readFollowed = async (api: string, transaction: string): Promise<Followed | null> => {
  const query = new URLSearchParams({
    'where[transaction][equals]': transaction,
    limit: '1',
    depth: '0',
  })
  try {
    const answer = await fetch(`${api}/cashback-events?${query.toString()}`, {
      credentials: 'include',
      signal: AbortSignal.timeout(MOST_MS),
    })
    if (!answer.ok) return null
    const { docs } = (await answer.json()) as { docs: Followed[] }
    return docs[0] ?? null
  } catch {
    return null // the transaction is assigned all the same; its row says so without a sum
  }
}
