import { readEnv } from '../../src/config/env.ts'
import { findAdapter } from '../../src/cashback/networks/index.ts'
import type { Network, TransactionPage } from '../../src/cashback/networks/types.ts'
import { spawnSimulator } from '../../src/server/processes/spawnSimulator.ts'

/** A network's report, by a simulator beside us. */
export type Report = { url: string; network: Network; read: (text: string) => TransactionPage }

export const withReport = async <Result>(
  work: (report: Report) => Promise<Result>,
): Promise<Result> => {
  const simulator = await spawnSimulator()
  const { url } = simulator
  try {
    const env = readEnv({
      VCOMMISSION_API_KEY: 'bench',
      VCOMMISSION_BASE_URL: `${url}/vcommission`,
    })
    const network = findAdapter('vcommission')?.open({ env })
    if (!network) throw new Error('There is no adapter to measure.')
    return await work({ url, network, read: (text) => network.readPage(JSON.parse(text)) })
  } finally {
    await simulator.stop()
  }
}

const DAY_MS = 86_400_000

/** Pages of so many transactions, as they come over the line. */
export const pagesOf = async (
  { network, url }: Report,
  { clickIds, rows }: { clickIds: string[]; rows: number },
): Promise<{ text: string; rows: number }[]> => {
  const to = new Date()
  const from = new Date(to.getTime() - 10 * DAY_MS)
  const set = { network: 'vcommission', count: rows, status: 'approved', clickIds, from, to }
  const response = await fetch(`${url}/control/orders/generate`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(set),
  })
  if (!response.ok) throw new Error(`The simulator answered ${response.status}.`)
  const pages: { text: string; rows: number }[] = []
  const { signal } = new AbortController()
  for await (const page of network.listTransactions({ from, to, by: 'event' }, { signal })) {
    pages.push({ text: JSON.stringify(page.raw), rows: page.rows.length })
  }
  return pages
}
