import type { HttpSettings } from '../../../src/cashback/networks/http/types.ts'
import type {
  Network,
  TransactionRow,
  TransactionWindow,
} from '../../../src/cashback/networks/types.ts'
import { type ReceivedRequest, type Reply, startNetwork } from './startNetwork.ts'

/** A part of every credential in these tests, so that a leak of one can be found in any text. */
export const CANARY = 'canary0secret0'
export const PAGE_SIZE = 4

/** The wire format of one network, for the contract that every adapter fulfils. */
export type NetworkSpec = {
  networkAt: (at: HttpSettings & { baseUrl: string }) => Network
  window: TransactionWindow
  /** Builds row n, from 1: within the window, and later the larger n is. */
  rowOf: (n: number) => Record<string, unknown>
  /** Builds the body of a page with those rows. */
  bodyOf: (page: { rows: unknown[]; total: number }) => unknown
  /** Which rows a URL requests. */
  placeOf: (url: URL) => { offset: number; limit: number }
  /** The reply to a request for anything but a list, such as for a token. */
  besides?: (request: ReceivedRequest) => Reply | null
  /** The field of a row that holds its status, if it is not `status`. */
  statusField?: string
  /** The network returns all rows in one page, and no total. */
  isUnpaged?: boolean
  links: { clickParam: string; deepLinkParam: string }
  /** A postback that names a transaction; null if no postback of the network does. */
  postback: Record<string, string> | null
}

/** Starts a network on this machine with a list that tests change and faults that they set. */
export const openBench = async (spec: NetworkSpec) => {
  const state = {
    list: [] as unknown[],
    requests: 0,
    /** Called before the reply to each request for a page, with the number of requests so far. */
    before: (() => undefined) as (requests: number) => unknown,
    /** Returns the reply to send instead, or null. */
    fault: (() => null) as (request: ReceivedRequest) => Reply | null,
    total: null as number | null,
    waits: [] as number[],
  }
  const server = await startNetwork((request) => {
    const other = spec.besides?.(request)
    if (other) return other
    state.requests += 1
    state.before(state.requests)
    const fault = state.fault(request)
    if (fault) return fault
    const { limit, offset } = spec.placeOf(request.url)
    const rows = state.list.slice(offset, offset + limit)
    return { json: spec.bodyOf({ rows, total: state.total ?? state.list.length }) }
  })
  const fresh = structuredClone({ requests: 0, waits: [], list: [], total: null })
  return {
    server,
    state,
    reset: () => {
      Object.assign(state, structuredClone(fresh), { before: () => undefined, fault: () => null })
      state.list = [1, 2, 3].map(spec.rowOf)
      server.received.length = 0
    },
    networkAt: (at: HttpSettings & { baseUrl?: string } = {}) =>
      spec.networkAt({
        privateHosts: 'any',
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
