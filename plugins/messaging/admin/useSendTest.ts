import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'

import { postFor } from '../../../src/admin/actions/postFor.ts'

export type Test = { channel: string; locale: string; to: string }
export type Outcome = { refusal: string } | { id: string; test: Test } | null

/** Sends a test of a template, and keeps what came of the last one. */
export const useSendTest = (template: string) => {
  const { config } = useConfig()
  const [isSending, setIsSending] = useState(false)
  const [outcome, setOutcome] = useState<Outcome>(null)
  const send = async (test: Test) => {
    setIsSending(true)
    setOutcome(null)
    const path = `/v1/messages/${template}/test`
    const posted = await postFor<{ id: string }>(`${config.routes.api}${path}`, test)
    setOutcome('refusal' in posted ? posted : { id: posted.answer.id, test })
    setIsSending(false)
  }
  return { isSending, outcome, send }
}
