'use client'
import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'

import { postFor } from '../../../../src/admin/actions/postFor.ts'
import type { UnattributedRow } from '../../../../src/cashback/attribution/listUnattributed.ts'
import { assignedWords } from './saleWords.ts'
import { readFollowed } from './readFollowed.ts'

/** To whom, and on what grounds; ids of rows. */
export type Gift = { member: string; click?: string | null; claim?: string | null; note?: string }
/** What became of a row that was acted on; it stays in sight until the next page is shown. */
export type Outcome = { row: UnattributedRow; index: number; words: string; isBad: boolean }

export type Transactions = {
  outcomes: ReadonlyMap<string, Outcome>
  /** The transaction that is being given away right now. */
  sending: string | null
  assign: (row: UnattributedRow, index: number, gift: Gift) => Promise<void>
  /** Keeps what the second person's word did, or why it did nothing. */
  decided: (row: UnattributedRow, index: number, refusal: string | null) => Promise<void>
  rejected: (row: UnattributedRow, index: number) => void
  forget: () => void
}

/** The deeds on transactions without a click. Never optimistic: what a deed did is read, then told. */
export const useUnattributed = (onDone: () => void): Transactions => {
  const { config } = useConfig()
  const { api } = config.routes
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map())
  const [sending, setSending] = useState<string | null>(null)
  const keep = (outcome: Outcome) => {
    setOutcomes((before) => new Map(before).set(outcome.row.transaction.id, outcome))
    onDone()
  }
  const tellApplied = async (row: UnattributedRow, index: number) => {
    const followed = await readFollowed(api, row.transaction.id)
    keep({ row, index, words: assignedWords(followed), isBad: false })
  }
  return {
    outcomes,
    sending,
    assign: async (row, index, gift) => {
      setSending(row.transaction.id)
      const url = `${api}/network-transactions/${row.transaction.id}/assign`
      const posted = await postFor<{ status: 'applied' | 'pending' }>(url, gift)
      if ('refusal' in posted) keep({ row, index, words: posted.refusal, isBad: true })
      else if (posted.answer.status === 'applied') await tellApplied(row, index)
      else keep({ row, index, words: 'Waits for a second person', isBad: false })
      setSending(null)
    },
    decided: async (row, index, refusal) => {
      if (refusal === null) await tellApplied(row, index)
      else keep({ row, index, words: refusal, isBad: true })
    },
    rejected: (row, index) => {
      keep({ row, index, words: 'Rejected: it can be assigned anew.', isBad: false })
    },
    forget: () => {
      setOutcomes(new Map())
    },
  }
}
