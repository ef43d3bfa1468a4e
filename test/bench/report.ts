import { readEnv } from '../../src/config/env.ts'
import { findAdapter } from '../../src/cashback/networks/index.ts'
import type { Network, TransactionPage } from '../../src/cashback/networks/types.ts'
import { spawnSimulator } from '../../src/server/processes/spawnSimulator.ts'

/** A network's report, served by a simulator on the same machine. */
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
    if (!network) throw new Error('The adapter vcommission is missing.')
    return await work({ url, network, read: (text) => network.readPage(JSON.parse(text)) })
  } finally {
    await simulator.stop()
  }
}

const DAY_MS = 86_400_000

/** Lets the simulator generate `rows` transactions. Returns the pages as the network sends them. */
export const fetchPages = async (
  { network, url }: Report,
  { clickIds, rows }: { clickIds: string[]; rows: number },
): Promise<{ text: string; rows: number }[]> => {
  const to = new Date()
  const from = new Date(to.getTime() - 10 * DAY_MS)
  const orders = { network: 'vcommission', count: rows, status: 'approved', clickIds, from, to }
  const response = await fetch(`${url}/control/orders/generate`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(orders),
  })
  if (!response.ok) throw new Error(`The simulator returned ${response.status}.`)
  const pages: { text: string; rows: number }[] = []
  const { signal } = new AbortController()
  for await (const page of network.listTransactions({ from, to, by: 'event' }, { signal })) {
    pages.push({ text: JSON.stringify(page.raw), rows: page.rows.length })
  }
  return pages
}
