import { createScript } from './createScript.ts'
import { generatedSale, generatedSeries } from './generatedSeries.ts'
import { mergedPage } from './mergedPage.ts'
import { saleAt, saleOfEntry } from './saleAt.ts'
import type { GeneratedSet, Sale, SalePage, SaleQuery, ScriptedOrder } from './types.ts'

export type Orders = ReturnType<typeof createOrders>

/** The one truth that all networks tell, each in its own words. */
export const createOrders = () => {
  const scripts = new Map<string, ReturnType<typeof createScript>>()
  const sets = new Map<string, GeneratedSet>()
  const scriptOf = (network: string) => {
    const script = scripts.get(network) ?? createScript()
    scripts.set(network, script)
    return script
  }
  const setsOf = (network: string) => [...sets.values()].filter((each) => each.network === network)

  return {
    /** In place of what the network had of the same name. */
    put: (order: ScriptedOrder) => scriptOf(order.network).put(order),
    /** In place of a set of the same seed. */
    generate: (set: GeneratedSet) => {
      sets.set(`${set.network} ${set.seed}`, set)
    },
    clear: () => {
      scripts.clear()
      sets.clear()
    },
    scripted: (network: string): ScriptedOrder[] => scriptOf(network).all(),
    sets: setsOf,
    /** What a network shows at an instant. */
    page: (network: string, query: SaleQuery, nowMs: number): SalePage => {
      const series = [
        scriptOf(network).series(query, nowMs),
        ...setsOf(network).map((set) => generatedSeries(set, query, nowMs)),
      ]
      const { isNewestFirst, limit, offset } = query
      return mergedPage({ series, offset, limit, isNewestFirst })
    },
    /** One order; with a status as its story has it then, else as it is at the instant. */
    find: ({ network, now, order, status }: Wanted): Sale | null => {
      const nowMs = now.getTime()
      const script = scripts.get(network)?.get(order)
      const sale = script
        ? (saleInStatus(script, nowMs, status) ?? saleAt(script, nowMs))
        : generatedOf(setsOf(network), order, nowMs)
      return sale && status !== undefined ? { ...sale, status } : sale
    },
  }
}

type Wanted = { network: string; order: string; now: Date; status?: string | undefined }

/** The nearest entry of that status: what was true of it then, or will be. */
const saleInStatus = (order: ScriptedOrder, nowMs: number, status?: string): Sale | null => {
  if (status === undefined) return null
  const indexes = order.timeline.flatMap((entry, index) => (entry.status === status ? [index] : []))
  const past = indexes.findLast((index) => (order.timeline[index]?.atMs ?? 0) <= nowMs)
  return saleOfEntry(order, past ?? indexes[0] ?? -1)
}

const generatedOf = (sets: GeneratedSet[], name: string, nowMs: number): Sale | null => {
  const [, seed, index] = /^G(\d+)-(\d+)$/.exec(name) ?? []
  const set = sets.find((each) => each.seed === Number(seed))
  if (!set || Number(index) >= set.count) return null
  const sale = generatedSale(set, Number(index), nowMs)
  return sale.eventMs <= nowMs ? sale : null
}
