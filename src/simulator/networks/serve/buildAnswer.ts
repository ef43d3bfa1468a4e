import type { FaultRule } from '../../faultRules.ts'
import type { State } from '../../state.ts'
import type { Answer, AnyFault } from '../../types.ts'
import { isAnswer, jsonAnswer } from '../formats/wire.ts'
import type { Orders } from '../scenario/createOrders.ts'
import type { TransactionQuery } from '../scenario/types.ts'
import type { Network, NetworkRequest, Resource, Row } from '../types.ts'
import { faultsOfList } from './faultsOf.ts'
import { fillRows } from './fillRows.ts'

type AnswerInput = {
  network: Network
  resource: Resource | 'list'
  request: NetworkRequest
  path: string
  state: State
}

type Answered = { answer: Answer; rule: FaultRule | null; rows: number }

/**
 * Builds a network's answer to a request. A fault rule counts only the requests that show its
 * fault.
 */
export const buildAnswer = (input: AnswerInput): Answered => {
  const { network, path, request, resource, state } = input
  const read = resource === 'list' ? readQuery(network, request) : null
  const query = read && !isAnswer(read) ? read : null
  const rule = state.faults.next(network.name, (fault) =>
    canShow({ fault, network, query, resource }),
  )
  if (rule) {
    const key = `${network.name} ${rule.fault}`
    const before = state.faultCounts.get(key) ?? 0
    state.faultCounts.set(key, before + 1)
    const own = resource === 'list' ? undefined : refusalsOf(resource)[rule.fault]
    const answer = own?.() ?? buildFaultAnswer({ before, rule, network, path, request })
    if (answer) return { answer, rule, rows: 0 }
  }
  const isLimited = resource === 'list' || resource.faults.length > 0
  if (isLimited && state.rateLimits.isOverLimit(network))
    return { answer: network.rateLimited(), rule, rows: 0 }
  if (resource !== 'list') return { answer: resource.answer(request), rule, rows: 0 }
  if (!query) return { answer: read && isAnswer(read) ? read : { status: 400 }, rule, rows: 0 }
  const { now } = request
  return {
    ...buildListAnswer({
      network,
      orders: state.orders,
      query,
      now,
      fault: rule?.fault ?? null,
      megabytes: rule?.megabytes,
    }),
    rule,
  }
}

/** Reads an authorized query, or returns the refusal. */
const readQuery = (network: Network, request: NetworkRequest): TransactionQuery | Answer =>
  network.authorize(request) ?? network.list.read(request)

const refusalsOf = ({ refusals = {} }: Resource): Partial<Record<AnyFault, () => Answer>> =>
  refusals

type Candidate = {
  fault: AnyFault
  network: Network
  query: TransactionQuery | null
  resource: Resource | 'list'
}

/** Faults of rows need a valid query, and faults between pages show only after the first page. */
const canShow = ({ fault, network, query, resource }: Candidate): boolean => {
  const faults: readonly AnyFault[] =
    resource === 'list' ? faultsOfList(network.list) : resource.faults
  if (!faults.includes(fault)) return false
  if (ACROSS_PAGES.has(fault)) return (query?.offset ?? 0) > 0
  return query !== null || !OF_ROWS.has(fault)
}

const ACROSS_PAGES = new Set<AnyFault>(['dup-across-pages', 'skip-across-pages'])
const OF_ROWS = new Set<AnyFault>([
  'truncated-but-valid',
  'count-lies',
  '204-empty',
  'null-fields',
  'numbers-as-strings',
  'huge-rows',
  'many-rows',
  'deep-rows',
  'huge-text',
  'gzip-bomb',
])

type FaultInput = {
  rule: FaultRule
  network: Network
  request: NetworkRequest
  /** The request's path and query, as received. */
  path: string
  /** The number of times that the network has shown this fault before. */
  before: number
}

const DAY_SECONDS = 86_400

/** Builds the answer of a fault that replaces the real one; null if the request is served. */
const buildFaultAnswer = ({ before, rule, network, path, request }: FaultInput): Answer | null => {
  const { fault, seconds = 1 } = rule
  const wait = (value: string) => withHeader(network.rateLimited(), 'retry-after', value)
  switch (fault) {
    case 'rate-limited':
      return network.rateLimited()
    case 'rate-limited-with-retry-after':
      return wait(String(seconds))
    // By real time, because a client compares it with its own clock.
    case 'rate-limited-until-date':
      return wait(new Date(Date.now() + seconds * 1000).toUTCString())
    case 'rate-limited-for-a-day':
      return wait(String(DAY_SECONDS))
    case 'server-error':
      return htmlPage([500, 502, 503, 504][before % 4] ?? 500)
    case 'html-error-page':
      return htmlPage([200, 502][before % 2] ?? 502)
    case 'unauthorized':
      return network.unauthorized()
    case 'token-expired':
      return network.tokenExpired(request)
    case '204-empty':
      return network.list.nothing ?? null
    case 'redirect-same-host':
      return redirect(path)
    case 'redirect-other-host':
      return redirect(`http://${otherHost(request.headers.host ?? '')}${path}`)
    default:
      return null
  }
}

/** The response of a proxy in front of the network: HTML, not JSON. */
const htmlPage = (status: number): Answer => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: '<html><head><title>We will be back soon</title></head></html>\r\n',
  code: `HTML, with ${status}`,
})

const redirect = (location: string): Answer => ({
  status: 302,
  headers: { location },
  code: `to ${location}`,
})

/** Another name of this machine. The log then shows whether a client sends it credentials. */
const otherHost = (host: string): string => {
  const [name, port] = host.split(':')
  return `${name === 'localhost' ? '127.0.0.1' : 'localhost'}${port ? `:${port}` : ''}`
}

const withHeader = (answer: Answer, name: string, value: string): Answer => ({
  ...answer,
  headers: { ...answer.headers, [name]: value },
})

type Listing = {
  network: Network
  orders: Orders
  query: TransactionQuery
  now: Date
  fault: AnyFault | null
  megabytes: number | undefined
}

/** Builds a page of transactions, or one that contradicts other pages, as the fault requires. */
const buildListAnswer = (listing: Listing): { answer: Answer; rows: number } => {
  const { fault, megabytes, network, now, orders, query } = listing
  const { envelope, nothing, optional, row } = network.list
  const filled = fillRows(fault, megabytes)
  if (filled !== null) {
    const page = jsonAnswer(200, envelope({ rows: [FILLED as never], total: 1, query }))
    const body = page.body?.replace(JSON.stringify(FILLED), () => filled)
    return { answer: { ...page, ...(body === undefined ? {} : { body }) }, rows: 0 }
  }
  const drift = fault ? (DRIFTS[fault] ?? 0) : 0
  const moved = { ...query, offset: query.offset + drift }
  const page = orders.page(network.name, moved, now.getTime())
  const transactions =
    fault === 'truncated-but-valid'
      ? page.transactions.slice(0, Math.floor(page.transactions.length / 2))
      : page.transactions
  const rows = transactions.map((transaction, index) =>
    spoilRow({ row: row(transaction), fault, index, optional }),
  )
  if (page.transactions.length === 0 && nothing) return { answer: nothing, rows: 0 }
  const lie = fault === 'count-lies' ? 1 + ((query.offset / query.limit) % 3) : 0
  const total = page.total - drift + lie
  return { answer: jsonAnswer(200, envelope({ rows, total, query })), rows: rows.length }
}

/** The place of the rows in a page that fills memory. */
const FILLED = 'filled'

/**
 * A row was added to, or removed from, the pages before this one: the last row is repeated, or one
 * is skipped. The total changes with it, as a real network's does.
 */
const DRIFTS: Partial<Record<string, number>> = {
  'dup-across-pages': -1,
  'skip-across-pages': 1,
}

type SpoilInput = { row: Row; fault: string | null; index: number; optional: string[] }

/** Spoils a row: its optional fields are empty, or its numbers are texts. */
const spoilRow = ({ fault, index, optional, row }: SpoilInput): Row => {
  if (fault === 'numbers-as-strings') return toTexts(row) as Row
  if (fault !== 'null-fields') return row
  // In turn: null, empty, absent.
  const names = new Set(optional)
  const kept = Object.entries(row).filter(([name]) => index % 3 < 2 || !names.has(name))
  const blank = index % 3 === 0 ? null : ''
  return Object.fromEntries(kept.map(([name, value]) => [name, names.has(name) ? blank : value]))
}

const toTexts = (value: unknown): unknown => {
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(toTexts)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, toTexts(each)]))
}
