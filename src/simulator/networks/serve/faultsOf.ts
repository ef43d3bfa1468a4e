import type { NetworkFault } from '../faults.ts'
import type { Network, TransactionList } from '../types.ts'

const OF_EVERY_LIST: NetworkFault[] = [
  'rate-limited',
  'rate-limited-with-retry-after',
  'rate-limited-until-date',
  'rate-limited-for-a-day',
  'server-error',
  'html-error-page',
  'unauthorized',
  'token-expired',
  'slow',
  'slow-body',
  'reset-after-accept',
  'truncated',
  'null-fields',
  'numbers-as-strings',
  'gzip',
  'redirect-same-host',
  'redirect-other-host',
  'huge-rows',
  'many-rows',
  'deep-rows',
  'huge-text',
  'gzip-bomb',
]
const OF_PAGES: NetworkFault[] = [
  'truncated-but-valid',
  'dup-across-pages',
  'skip-across-pages',
  'count-lies',
]

/** The faults that a list can show. Only a list with pages can contradict itself between them. */
export const faultsOfList = ({ hasPages, nothing }: TransactionList): NetworkFault[] => [
  ...OF_EVERY_LIST,
  ...(hasPages ? OF_PAGES : []),
  ...(nothing ? (['204-empty'] as const) : []),
]

/** The faults that this network can show. */
export const faultsOf = ({ list, resources }: Network): NetworkFault[] => [
  ...new Set([...faultsOfList(list), ...resources.flatMap(({ faults }) => faults)]),
]
