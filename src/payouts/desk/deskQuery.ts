import { isCurrency } from '../../domain/currency.ts'
import { METHOD_KINDS, type MethodKind } from '../../domain/payouts/methodKinds.ts'

/** The tabs of the desk: a list of withdrawals each, and the bank files. */
export const DESK_TABS = [
  'waiting',
  'on-hold',
  'to-pay',
  'sent',
  'in-doubt',
  'paid-late',
  'done',
  'bank-files',
] as const
export type DeskTab = (typeof DESK_TABS)[number]
export type ListTab = Exclude<DeskTab, 'bank-files'>

export type DeskFilters = {
  currency: string | null
  kind: MethodKind | null
  /** A part of the reference, or of the member's name or e-mail address; empty for all. */
  text: string
}

/** What the desk shows, as its address says. */
export type DeskQuery = DeskFilters & {
  tab: DeskTab
  page: number
  /** The id of the withdrawal that is shown in detail. */
  open: string | null
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const MAX_TEXT = 100
/** Beyond it a filter finds faster than turning pages. */
const MAX_PAGE = 1_000

/**
 * Reads the desk's query. A value that is missing or malformed is replaced by its default, so that an
 * old address still opens the desk.
 *
 * @example parseDeskQuery({ tab: 'sent', page: '2' }).page // 2
 */
export const parseDeskQuery = (query: Record<string, unknown>): DeskQuery => {
  const text = (name: string): string => {
    const value = query[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  const currency = text('currency').toUpperCase()
  const page = Number(text('page'))
  return {
    tab: DESK_TABS.find((tab) => tab === text('tab')) ?? 'waiting',
    currency: isCurrency(currency) ? currency : null,
    kind: METHOD_KINDS.find((kind) => kind === text('kind')) ?? null,
    text: text('text').slice(0, MAX_TEXT),
    page: Number.isSafeInteger(page) && page >= 1 ? Math.min(page, MAX_PAGE) : 1,
    open: UUID.test(text('open')) ? text('open').toLowerCase() : null,
  }
}

/**
 * The query of the desk as text, without defaults; empty, or with its question mark. Another tab
 * or filter begins at the first page.
 */
export const formatDeskQuery = (query: DeskQuery, over: Partial<DeskQuery> = {}): string => {
  const isOtherList = ['tab', 'currency', 'kind', 'text'].some((name) => name in over)
  const next = { ...query, ...(isOtherList ? { page: 1, open: null } : {}), ...over }
  const given: [string, string | null][] = [
    ['tab', next.tab === 'waiting' ? null : next.tab],
    ['currency', next.currency],
    ['kind', next.kind],
    ['text', next.text || null],
    ['page', next.page === 1 ? null : String(next.page)],
    ['open', next.open],
  ]
  const params = new URLSearchParams(
    given.flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  )
  const text = params.toString()
  return text && `?${text}`
}
