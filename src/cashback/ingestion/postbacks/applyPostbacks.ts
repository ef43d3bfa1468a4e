import { sql } from '@payloadcms/db-postgres'
import type { PayloadRequest } from 'payload'

import { type Database, dbIn } from '../../../database/dbIn.ts'
import { trySavepoint } from '../../../database/trySavepoint.ts'
import { DomainError } from '../../../domain/errors.ts'
import { closeEvents, type EventResult } from '../../../messaging/outbox/inboundEvents.ts'
import { NetworkError } from '../../networks/NetworkError.ts'
import type { Postback } from '../../networks/types.ts'
import { lockIngestion } from '../ingestPage.ts'
import { quarantine } from '../quarantine.ts'
import { findProblems } from '../rejectImplausible.ts'
import { loadPostbackNetwork, type PostbackNetwork } from '../networkStore.ts'
import { openPostbackReader } from '../sync/openNetwork.ts'
import { findOldestListed } from '../sync/planWindows.ts'
import { ingestPostbacks, type ReadablePostback } from './ingestPostbacks.ts'
import { POSTBACK } from './storePostback.ts'

type AppliedPostbacks = { applied: number; ignored: number; failed: number }

/**
 * Applies stored postbacks of one network, oldest first, in the caller's database transaction. They
 * are provisional: they show a transaction and move no money, unless the network is trusted, and
 * then up to its cap. A postback that cannot be read becomes `ignored`; one that the database
 * refuses becomes `failed`.
 */
export const applyPostbacks = async (
  req: PayloadRequest,
  { limit, now }: { limit: number; now: Date },
): Promise<AppliedPostbacks> => {
  const db = await dbIn(req)
  const claimed = await claimPostbacks(db, { limit })
  const results = claimed ? await processPostbacks(req, { ...claimed, now }) : []
  await closeEvents(db, { results, now })
  const count = (wanted: EventResult['status']) =>
    results.filter(({ status }) => status === wanted).length
  return { applied: count('applied'), ignored: count('ignored'), failed: count('failed') }
}

const MAX_BATCH_BYTES = 4 * 1024 * 1024

type ClaimedPostback = { id: string; fields: Record<string, string>; receivedAt: string }

/**
 * Claims, for this database transaction, the oldest postbacks of the network that has waited
 * longest, of some 4 MB at most: larger batches would end the worker, and each next one. It skips
 * postbacks that another worker holds. Null if none is left.
 */
const claimPostbacks = async (
  db: Database,
  { limit }: { limit: number },
): Promise<{ network: string; postbacks: ClaimedPostback[] } | null> => {
  const { rows } = await db.execute<ClaimedPostback & { source: string }>(sql`
    with oldest as (
      select source from inbound_events
      where status = 'pending' and source like ${`${POSTBACK}%`}
      order by received_at, id limit 1
      for update skip locked
    ), locked as (
      select e.id, e.received_at, octet_length(e.body::text) as bytes
      from inbound_events e
      where e.status = 'pending' and e.source = (select source from oldest)
      order by e.received_at, e.id limit ${limit}
      for update skip locked
    ), fitting as (
      select id, sum(bytes) over (order by received_at, id) - bytes as before from locked
    )
    select e.id::text,
      e.source,
      e.body -> 'fields' as fields,
      to_json(e.received_at) #>> '{}' as "receivedAt"
    from fitting f
    join inbound_events e using (id)
    where f.before < ${MAX_BATCH_BYTES}
    order by e.received_at, e.id`)
  const [first] = rows
  return first ? { network: first.source.slice(POSTBACK.length), postbacks: rows } : null
}

type ClaimedBatch = { network: string; postbacks: ClaimedPostback[]; now: Date }

const processPostbacks = async (
  req: PayloadRequest,
  { network: id, now, postbacks }: ClaimedBatch,
): Promise<EventResult[]> => {
  const db = await dbIn(req)
  const closeAll = (status: EventResult['status'], detail: string) =>
    postbacks.map((postback) => ({ id: postback.id, status, detail }))
  const network = await loadPostbackNetwork(db, id)
  if (!network?.isOn) return closeAll('ignored', 'the network is off')
  const reader = tryOpenReader(req, network)
  if (typeof reader === 'string') return closeAll('failed', reader)

  const read = postbacks.map((postback) => ({
    ...postback,
    content: reader.readPostback(postback.fields),
  }))
  await lockIngestion(db, id)
  const checked = await rejectImplausiblePostbacks(db, { network: id, now, postbacks: read })
  const unread = checked.filter(({ content }) => content.row === null)
  const readable = checked.flatMap(({ content, ...postback }) =>
    content.row ? [{ ...postback, row: content.row }] : [],
  )
  await quarantinePostbacks(db, { network: id, now, postbacks: unread })
  const { overlapHours } = network
  const listedSince = findOldestListed(reader.capabilities, { now, overlapHours })
  return [
    ...unread.map(({ content, id: event }): EventResult => ({
      id: event,
      status: 'ignored',
      detail: content.detail,
    })),
    ...(await ingestOrIsolate(req, { network, now, postbacks: readable, listedSince })),
  ]
}

type ReadPostback = ClaimedPostback & { content: Postback }

/** Takes the row from postbacks that cannot be true, by the rules for pages. */
const rejectImplausiblePostbacks = async (
  db: Database,
  { network, now, postbacks }: { network: string; now: Date; postbacks: ReadPostback[] },
): Promise<ReadPostback[]> => {
  const rows = postbacks.flatMap(({ content }) => content.row ?? [])
  const problems = await findProblems(db, { networkId: network, now }, rows)
  const problemOf = new Map(rows.map((row, at) => [row, problems[at]]))
  return postbacks.map((postback) => {
    const { row } = postback.content
    const problem = row ? problemOf.get(row) : null
    return problem
      ? { ...postback, content: { ...postback.content, ...problem, row: null } }
      : postback
  })
}

/**
 * Opens the network's reader of postbacks. Returns an error text if the network's settings no
 * longer fit its adapter.
 */
const tryOpenReader = (
  { payload }: PayloadRequest,
  network: PostbackNetwork,
): ReturnType<typeof openPostbackReader> | string => {
  try {
    return openPostbackReader(payload, network)
  } catch (error) {
    if (error instanceof DomainError || error instanceof NetworkError) return error.message
    throw error
  }
}

type IngestInput = {
  network: PostbackNetwork
  now: Date
  listedSince: Date | null
  postbacks: (ClaimedPostback & ReadablePostback)[]
}

/**
 * Ingests all postbacks together. If the database refuses, it ingests them one by one, so that a
 * refused one does not block the others.
 */
const ingestOrIsolate = async (req: PayloadRequest, input: IngestInput): Promise<EventResult[]> => {
  const { network, now, postbacks } = input
  const [first] = postbacks
  if (!first) return []
  const db = await dbIn(req)
  const refusal = await trySavepoint(db, () => ingestPostbacks(req, input))
  if (refusal === null) {
    return postbacks.map(({ id }) => ({ id, status: 'applied', detail: null }))
  }
  if (postbacks.length === 1) {
    const content = { row: null, eventId: '', code: 'postback.refused', detail: refusal }
    await quarantinePostbacks(db, { network: network.id, now, postbacks: [{ ...first, content }] })
    return [{ id: first.id, status: 'failed', detail: refusal }]
  }
  const results: EventResult[] = []
  for (const one of postbacks) {
    results.push(...(await ingestOrIsolate(req, { ...input, postbacks: [one] })))
  }
  return results
}

/** Codes of postbacks that lack fields, by the network's documentation or by its settings. */
const EXPECTED_CODES = new Set(['postback.not-read', 'row.malformed'])

type UnreadPostbacks = {
  network: string
  now: Date
  postbacks: (ClaimedPostback & { content: Postback })[]
}

/**
 * Quarantines postbacks with a value that cannot be read, such as an amount. A postback that lacks
 * fields is not quarantined: some networks send one for every transaction.
 */
const quarantinePostbacks = async (
  db: Database,
  { network, now, postbacks }: UnreadPostbacks,
): Promise<void> => {
  const rejected = postbacks
    .filter(({ content }) => !EXPECTED_CODES.has(content.code ?? ''))
    .map(({ content, fields }) => ({
      raw: fields,
      code: content.code ?? 'postback.unreadable',
      detail: content.detail ?? '',
    }))
  await quarantine(db, { networkId: network, now, runId: null, pageId: null }, rejected)
}
