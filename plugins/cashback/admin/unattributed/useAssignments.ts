'use client'
import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'

import { postToApi } from '../../../../src/admin/actions/postToApi.ts'
import type { UnattributedRow } from '../../../../src/cashback/attribution/listUnattributed.ts'
import { describeAssignment, type ResultingCashback } from './describeUnattributed.ts'

/** The member, and the ids of the evidence. */
export type NewAssignment = {
  member: string
  click?: string | null
  claim?: string | null
  note?: string
}
/** The outcome of an action on a row. It stays visible until another page is shown. */
export type Outcome = { row: UnattributedRow; index: number; text: string; isBad: boolean }

export type Assignments = {
  outcomes: ReadonlyMap<string, Outcome>
  /** The id of the transaction with an assignment that is being sent. */
  sending: string | null
  assign: (row: UnattributedRow, index: number, assignment: NewAssignment) => Promise<void>
  /** Keeps the outcome of the second person's decision, or the reason of its refusal. */
  decided: (row: UnattributedRow, index: number, refusal: string | null) => Promise<void>
  rejected: (row: UnattributedRow, index: number) => void
  forget: () => void
}

/**
 * The actions on unattributed transactions. Never optimistic: the outcome is read before it is
 * shown.
 */
export const useAssignments = (onDone: () => void): Assignments => {
  const { config } = useConfig()
  const { api } = config.routes
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map())
  const [sending, setSending] = useState<string | null>(null)
  const keep = (outcome: Outcome) => {
    setOutcomes((before) => new Map(before).set(outcome.row.transaction.id, outcome))
    onDone()
  }
  const showApplied = async (row: UnattributedRow, index: number) => {
    const cashback = await fetchCashback(api, row.transaction.id)
    keep({ row, index, text: describeAssignment(cashback), isBad: false })
  }
  return {
    outcomes,
    sending,
    assign: async (row, index, assignment) => {
      setSending(row.transaction.id)
      const url = `${api}/network-transactions/${row.transaction.id}/assign`
      const posted = await postToApi<{ status: 'applied' | 'pending' }>(url, assignment)
      if ('refusal' in posted) keep({ row, index, text: posted.refusal, isBad: true })
      else if (posted.answer.status === 'applied') await showApplied(row, index)
      else keep({ row, index, text: 'Waits for a second person', isBad: false })
      setSending(null)
    },
    decided: async (row, index, refusal) => {
      if (refusal === null) await showApplied(row, index)
      else keep({ row, index, text: refusal, isBad: true })
    },
    rejected: (row, index) => {
      keep({ row, index, text: 'Rejected. It can be assigned again.', isBad: false })
    },
    forget: () => {
      setOutcomes(new Map())
    },
  }
}

const TIMEOUT_MS = 10_000

/** Fetches the cashback event of a transaction; null when there is none, or no answer came. */
const fetchCashback = async (
  api: string,
  transaction: string,
): Promise<ResultingCashback | null> => {
  const query = new URLSearchParams({
    'where[transaction][equals]': transaction,
    limit: '1',
    depth: '0',
  })
  try {
    const answer = await fetch(`${api}/cashback-events?${query.toString()}`, {
      credentials: 'include',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (!answer.ok) return null
    const { docs } = (await answer.json()) as { docs: ResultingCashback[] }
    return docs[0] ?? null
  } catch {
    return null // the transaction is assigned; its row shows no amount
  }
}
