'use client'
import { toast, useConfig, useModal } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { type RefObject, useEffect, useRef, useState } from 'react'

import { postToApi } from '../../../../src/admin/actions/postToApi.ts'
import { checkAnswer } from '../../../../src/domain/cashback/claimAnswer.ts'
import { CLAIM_PANEL } from './claimPanelField.ts'

export type TypedAnswer = {
  /** The answer as it is typed. */
  text: string
  type: (text: string) => void
  /** Why it was not sent, or was refused. */
  problem: string | null
  field: RefObject<HTMLTextAreaElement | null>
}
export type ClaimRefusal = TypedAnswer & { isSending: boolean; send: () => void }

/** The answer that refuses a claim. The typed text stays until the API accepts it. */
export const useClaimRefusal = ({
  claim,
  member,
  slug,
}: {
  claim: string
  member: string
  /** The slug of the dialog. */
  slug: string
}): ClaimRefusal => {
  const { config } = useConfig()
  const { closeModal } = useModal()
  const router = useRouter()
  const focusPanelAfterwards = useFocusAfterwards()
  const { showProblem, ...typed } = useTypedAnswer()
  const [isSending, setIsSending] = useState(false)
  const post = async () => {
    setIsSending(true)
    const url = `${config.routes.api}/cashback-claims/${claim}/reject`
    const posted = await postToApi<unknown>(url, { answer: typed.text.trim() })
    setIsSending(false)
    const isLate = 'refusal' in posted && posted.codes.includes('claim.decided')
    if ('refusal' in posted && !isLate) {
      showProblem(posted.refusal)
      return
    }
    if (isLate) toast.error('Another person has answered this claim. Your answer was not sent.')
    else toast.success(`Refused. ${member} can read your answer.`)
    focusPanelAfterwards()
    closeModal(slug)
    router.refresh()
  }
  const send = () => {
    const problem = checkAnswer(typed.text)
    if (problem) showProblem(problem)
    else if (!isSending) void post()
  }
  return { ...typed, isSending, send }
}

const useTypedAnswer = (): TypedAnswer & { showProblem: (problem: string) => void } => {
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  return {
    text,
    problem,
    field,
    type: (typed) => {
      setText(typed)
      setProblem(null)
    },
    showProblem: (found) => {
      setProblem(found)
      field.current?.focus()
    },
  }
}

/** The button disappears once the claim is answered, so the focus moves to the answer. */
const useFocusAfterwards = () => {
  const isLeaving = useRef(false)
  useEffect(
    () => () => {
      if (isLeaving.current) document.getElementById(CLAIM_PANEL)?.focus()
    },
    [],
  )
  return () => {
    isLeaving.current = true
  }
}
