import { sql } from '@payloadcms/db-postgres'

import type { Database } from '../../../database/dbIn.ts'
import { DomainError } from '../../../domain/errors.ts'
import { serializeError } from '../../../platform/serializeError.ts'
import { NetworkError } from '../../networks/NetworkError.ts'
import type { IngestedPage } from '../ingestPage.ts'
import { advanceWatermark } from '../networkStore.ts'

export type RunResult =
  { status: 'completed' | 'stopped' } | { status: 'failed'; errorCode: string; error: string }

/** The error of a sync that ended several workers: it is not tried again by itself. */
export const GAVE_UP = 'sync.gave-up'

type NewRun = {
  network: string
  now: Date
  /** For a `replay`: the period in which its stored pages were received. */
  window: { from: Date; to: Date; by: 'event' | 'change' | 'replay' }
  /** The id of the sync request; null for a run without one. */
  request: string | null
}

/** Records the start of a run for a window of a network. Returns the run's id. */
export const beginRun = async (
  db: Database,
  { network, now, request, window }: NewRun,
): Promise<string> => {
  const at = now.toISOString()
  const { rows } = await db.execute<{ id: string }>(sql`
    insert into sync_runs (id, network_id, request_id, status, window_by, window_from, window_to,
      started_at, pages, rows, changed, created, unattributed, quarantined, created_at, updated_at)
    values (time_ordered_uuid(), ${network}, ${request}, 'running', ${window.by},
      ${window.from.toISOString()}, ${window.to.toISOString()}, ${at},
      0, 0, 0, 0, 0, 0, ${at}, ${at})
    returning id::text`)
  return rows[0]?.id ?? ''
}

/** Adds the counts of a page to its run, in the database transaction that ingests the page. */
export const countPage = async (db: Database, run: string, page: IngestedPage): Promise<void> => {
  await db.execute(sql`
    update sync_runs set
      pages = pages + 1,
      rows = rows + ${page.rows},
      changed = changed + ${page.changed},
      created = created + ${page.created},
      unattributed = unattributed + ${page.unattributed},
      quarantined = quarantined + ${page.quarantined}
    where id = ${run}`)
}

/**
 * Records the result of a run. A watermark moves the network's watermark forward; null leaves it.
 */
export const endRun = async (
  db: Database,
  { end, now, run, watermark }: { run: string; end: RunResult; now: Date; watermark: Date | null },
): Promise<void> => {
  const at = now.toISOString()
  const failure = end.status === 'failed' ? end : null
  await db.execute(sql`
    with ended as (
      update sync_runs set
        status = ${end.status},
        ended_at = ${at},
        updated_at = ${at},
        error_code = ${failure?.errorCode ?? null},
        error = ${failure?.error ?? null}
      where id = ${run}
      returning network_id, window_by
    )
    ${advanceWatermark(watermark)}`)
}

/** Marks the runs of a killed process as failed. For the holder of `withSyncLock`. */
export const closeLostRuns = async (
  db: Database,
  { network, now }: { network: string; now: Date },
): Promise<void> => {
  const at = now.toISOString()
  await db.execute(sql`
    update sync_runs set
      status = 'failed',
      ended_at = ${at},
      updated_at = ${at},
      error_code = 'sync.worker-lost',
      error = 'its process ended before it did'
    where network_id = ${network} and status = 'running'`)
}

/**
 * Lists the networks with a last read that was given up, and that were not edited since: the
 * schedule leaves them alone.
 */
export const listGivenUp = async (db: Database): Promise<Set<string>> => {
  const { rows } = await db.execute<{ id: string }>(sql`
    select n.id::text
    from networks n
    cross join lateral (
      select r.error_code, r.ended_at
      from sync_runs r
      where r.network_id = n.id and r.window_by <> 'replay'
      order by r.started_at desc, r.id desc
      limit 1
    ) last
    where last.error_code = ${GAVE_UP} and n.updated_at <= last.ended_at`)
  return new Set(rows.map(({ id }) => id))
}

/**
 * Converts an error to the result of a run. A network's message is kept, since it contains no
 * secret. Of an internal error only type and code are kept: a database's message can quote its
 * input.
 */
export const toRunResult = (error: unknown): Exclude<RunResult, { status: 'completed' }> => {
  if (error instanceof NetworkError) {
    if (error.code === 'network.stopped') return { status: 'stopped' }
    return { status: 'failed', errorCode: error.code, error: error.message.slice(0, 500) }
  }
  if (error instanceof DomainError && error.code.startsWith('network.')) {
    return { status: 'failed', errorCode: error.code, error: error.message.slice(0, 500) }
  }
  const { code, type } = serializeError(error)
  const what = [type, code].filter(Boolean).join(' ')
  return {
    status: 'failed',
    errorCode: 'sync.fault',
    error: `An internal error (${what}). The log has its details.`,
  }
}
