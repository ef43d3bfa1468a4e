import type { HttpSettings } from '../../src/cashback/networks/http/types.ts'
import type {
  Network,
  TransactionRow,
  TransactionWindow,
} from '../../src/cashback/networks/types.ts'
import { type Heard, type Reply, startNetwork } from './startNetwork.ts'

/** Stands in every credential that a test gives, so that it can be looked for wherever text is. */
export const CANARY = 'canary0secret0'
export const PAGE_SIZE = 4

/** How one network speaks, for the suite that all of them pass. */
export type NetworkSpec = {
  networkAt: (at: HttpSettings & { baseUrl: string }) => Network
  window: TransactionWindow
  /** Its row number n, from 1: sold within the window, the more the later. */
  rowOf: (n: number) => Record<string, unknown>
  /** A page of those rows, as its documents have it. */
  bodyOf: (page: { rows: unknown[]; total: number }) => unknown
  /** Which rows a request asks for. */
  placeOf: (url: URL) => { offset: number; limit: number }
  /** What it answers to what is no list, such as for a token. */
  besides?: (heard: Heard) => Reply | null
  /** The field of a row that holds its state, where it is not `status`. */
  statusField?: string
  /** It answers with all rows at once, and says no total. */
  isUnpaged?: boolean
  links: { clickParam: string; deepLinkParam: string }
  /** A postback that names a transaction; null where none of that network does. */
  postback: Record<string, string> | null
}

/** A network on this machine with a list that tests change, and ways to break it. */
export const openBench = async (spec: NetworkSpec) => {
  const state = {
    list: [] as unknown[],
    asked: 0,
    /** Called before the answer to each request for a page, with its number. */
    before: (() => undefined) as (asked: number) => unknown,
    /** Answers instead, while it does. */
    fault: (() => null) as (heard: Heard) => Reply | null,
    total: null as number | null,
    waits: [] as number[],
  }
  const server = await startNetwork((heard) => {
    const other = spec.besides?.(heard)
    if (other) return other
    state.asked += 1
    state.before(state.asked)
    const fault = state.fault(heard)
    if (fault) return fault
    const { limit, offset } = spec.placeOf(heard.url)
    const rows = state.list.slice(offset, offset + limit)
    return { json: spec.bodyOf({ rows, total: state.total ?? state.list.length }) }
  })
  const fresh = structuredClone({ asked: 0, waits: [], list: [], total: null })
  return {
    server,
    state,
    reset: () => {
      Object.assign(state, structuredClone(fresh), { before: () => undefined, fault: () => null })
      state.list = [1, 2, 3].map(spec.rowOf)
      server.heard.length = 0
    },
    networkAt: (at: HttpSettings & { baseUrl?: string } = {}) =>
      spec.networkAt({
        baseUrl: `${server.url}/below/`,
        backOff: (ms) => {
          state.waits.push(ms)
          return Promise.resolve()
        },
        ...at,
      }),
  }
}

type Reading = { network: Network; spec: NetworkSpec; signal?: AbortSignal }

/** Reads a window to its end. */
export const readAll = async ({ network, signal, spec }: Reading) => {
  const pages = []
  const options = { signal: signal ?? new AbortController().signal }
  for await (const page of network.listTransactions(spec.window, options)) pages.push(page)
  const rows: TransactionRow[] = pages.flatMap((page) => page.rows)
  return { pages, rows, ids: [...new Set(rows.map(({ externalId }) => externalId))] }
}
