'use client'
import { useConfig, useModal } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { postToApi } from '../../../../src/admin/actions/postToApi.ts'
import type { OutcomeLine } from './describeOutcome.ts'
import { useDesk } from './deskContext.ts'

type Decision<Answer> = {
  /** The dialog to close, if there is one. */
  slug?: string
  /** Below the API's root. */
  path: string
  body: object
  describe: (answer: Answer) => OutcomeLine[]
}

/**
 * Posts a decision. Never optimistic: the desk is read again after the answer. A dialog stays open
 * with the reason when the API refuses it.
 */
export const useDecision = () => {
  const { config } = useConfig()
  const { closeModal } = useModal()
  const { report } = useDesk()
  const router = useRouter()
  const [isSending, setIsSending] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const post = async <Answer>({ body, describe, path, slug }: Decision<Answer>): Promise<void> => {
    setIsSending(true)
    setRefusal(null)
    const posted = await postToApi<Answer>(`${config.routes.api}${path}`, body)
    setIsSending(false)
    // Refused or without an answer, the state may have changed as well.
    router.refresh()
    if ('refusal' in posted) {
      setRefusal(posted.refusal)
      if (!slug) report([{ isBad: true, text: posted.refusal }])
      return
    }
    report(describe(posted.answer))
    if (slug) closeModal(slug)
  }
  return {
    isSending,
    refusal,
    decide: <Answer>(decision: Decision<Answer>): void => {
      if (!isSending) void post(decision)
    },
  }
}
