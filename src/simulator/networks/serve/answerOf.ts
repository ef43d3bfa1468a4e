import type { Dial } from '../../faults.ts'
import type { State } from '../../state.ts'
import type { Answer, AnyFault } from '../../types.ts'
import { isAnswer } from '../formats/answers.ts'
import type { SaleQuery } from '../truth/types.ts'
import type { Network, NetworkRequest, Resource } from '../types.ts'
import { faultsOfList } from './faultsOf.ts'
import { listAnswer } from './listAnswer.ts'
import { refusalOf } from './refusalOf.ts'

type Answering = {
  network: Network
  resource: Resource | 'list'
  request: NetworkRequest
  path: string
  state: State
}

type Answered = { answer: Answer; dial: Dial | null; rows: number }

/** What a network says to a request; a dial is used up only by what shows its fault. */
export const answerOf = (answering: Answering): Answered => {
  const { network, path, request, resource, state } = answering
  const asked = resource === 'list' ? listed(network, request) : null
  const query = asked && !isAnswer(asked) ? asked : null
  const dial = state.faults.next(network.name, (fault) =>
    canShow({ fault, network, query, resource }),
  )
  if (dial) {
    const key = `${network.name} ${dial.fault}`
    const before = state.struck.get(key) ?? 0
    state.struck.set(key, before + 1)
    const own = resource === 'list' ? undefined : refusalsOf(resource)[dial.fault]
    const answer = own?.() ?? refusalOf({ before, dial, network, path, request })
    if (answer) return { answer, dial, rows: 0 }
  }
  const isPaced = resource === 'list' || resource.faults.length > 0
  if (isPaced && state.pace.isTooFast(network))
    return { answer: network.rateLimited(), dial, rows: 0 }
  if (resource !== 'list') return { answer: resource.answer(request), dial, rows: 0 }
  if (!query) return { answer: asked && isAnswer(asked) ? asked : { status: 400 }, dial, rows: 0 }
  const { now } = request
  return {
    ...listAnswer({ network, orders: state.orders, query, now, fault: dial?.fault ?? null }),
    dial,
  }
}

/** What is asked for, by somebody who may ask. */
const listed = (network: Network, request: NetworkRequest): SaleQuery | Answer =>
  network.authorize(request) ?? network.list.read(request)

const refusalsOf = ({ refusals = {} }: Resource): Partial<Record<AnyFault, () => Answer>> =>
  refusals

type Shown = {
  fault: AnyFault
  network: Network
  query: SaleQuery | null
  resource: Resource | 'list'
}

/** Rows can be spoiled only where there are some, and between pages nothing is seen on the first. */
const canShow = ({ fault, network, query, resource }: Shown): boolean => {
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
])
