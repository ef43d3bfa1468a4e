import type { PayloadRequest } from 'payload'

import { DomainError } from '../domain/errors.ts'
import { transactionOf } from '../ledger/transactionOf.ts'
import { NetworkError } from '../networks/NetworkError.ts'
import type { Network } from '../networks/types.ts'
import { closeEvents, type Verdict } from '../outbox/closeEvents.ts'
import { refusalOf } from '../outbox/refusalOf.ts'
import { keepPostbacks, type Readable } from './keepPostbacks.ts'
import { lockNetwork } from './lockNetwork.ts'
import { postbackNetwork, type PostbackNetwork } from './postbackNetwork.ts'
import { postbackReader } from './postbackReader.ts'
import { quarantinePostbacks } from './quarantinePostbacks.ts'
import { takePostbacks, type TakenPostback } from './takePostbacks.ts'

export type AppliedPostbacks = { applied: number; ignored: number; failed: number }

/**
 * Applies postbacks of one network, oldest first, in the caller's transaction. They are hints: they
 * show a sale and move no money, unless the network is trusted, and then as far as its cap goes.
 * What cannot be read is kept as `ignored`, what the database cannot hold as `failed`, alone.
 */
export const applyPostbacks = async (
  req: PayloadRequest,
  { limit, now }: { limit: number; now: Date },
): Promise<AppliedPostbacks> => {
  const db = await transactionOf(req)
  const taken = await takePostbacks(db, { limit })
  const verdicts = taken ? await verdictsOf(req, { ...taken, now }) : []
  await closeEvents(db, { verdicts, now })
  const count = (status: Verdict['status']) =>
    verdicts.filter((verdict) => verdict.status === status).length
  return { applied: count('applied'), ignored: count('ignored'), failed: count('failed') }
}

type Taken = { network: string; postbacks: TakenPostback[]; now: Date }

const verdictsOf = async (
  req: PayloadRequest,
  { network: id, now, postbacks }: Taken,
): Promise<Verdict[]> => {
  const db = await transactionOf(req)
  const all = (status: Verdict['status'], detail: string) =>
    postbacks.map((postback) => ({ id: postback.id, status, detail }))
  const network = await postbackNetwork(db, id)
  if (!network?.isOn) return all('ignored', 'the network is off')
  const reader = openReader(req, network)
  if (typeof reader === 'string') return all('failed', reader)

  const read = postbacks.map((postback) => ({ ...postback, said: reader(postback.fields) }))
  const unread = read.filter(({ said }) => said.row === null)
  const readable = read.flatMap(({ said, ...postback }) =>
    said.row ? [{ ...postback, row: said.row }] : [],
  )
  await lockNetwork(db, id)
  await quarantinePostbacks(db, { network: id, now, postbacks: unread })
  return [
    ...unread.map(({ id: event, said: { detail } }) => ({
      id: event,
      status: 'ignored' as const,
      detail,
    })),
    ...(await applyAll(req, { network, now, postbacks: readable })),
  ]
}

/** Its settings may be wrong by now; in words then. */
const openReader = (
  { payload }: PayloadRequest,
  network: PostbackNetwork,
): Network['readPostback'] | string => {
  try {
    return postbackReader(payload, network)
  } catch (error) {
    if (error instanceof DomainError || error instanceof NetworkError) return error.message
    throw error
  }
}

type Applying = { network: PostbackNetwork; now: Date; postbacks: Readable[] }

/** All together; one by one where that is refused, so that an odd one is told from the others. */
const applyAll = async (req: PayloadRequest, applying: Applying): Promise<Verdict[]> => {
  const { network, now, postbacks } = applying
  const [first] = postbacks
  if (!first) return []
  const db = await transactionOf(req)
  const refusal = await refusalOf(db, () => keepPostbacks(req, applying))
  if (refusal === null) {
    return postbacks.map(({ id }) => ({ id, status: 'applied', detail: null }))
  }
  if (postbacks.length === 1) {
    const said = { row: null, eventId: '', code: 'postback.refused', detail: refusal }
    await quarantinePostbacks(db, { network: network.id, now, postbacks: [{ ...first, said }] })
    return [{ id: first.id, status: 'failed', detail: refusal }]
  }
  const verdicts: Verdict[] = []
  for (const one of postbacks) {
    verdicts.push(...(await applyAll(req, { ...applying, postbacks: [one] })))
  }
  return verdicts
}
