'use client'
import { toast, useConfig, useModal } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { type RefObject, useEffect, useRef, useState } from 'react'

import { postFor } from '../../../../src/admin/actions/postFor.ts'
import { checkAnswer } from '../../../../src/domain/cashback/claimAnswer.ts'
import { CLAIM_PANEL } from './claimPanelField.ts'

export type Typed = {
  /** The answer as it is typed. */
  text: string
  type: (text: string) => void
  /** Why it was not sent, or not taken. */
  problem: string | null
  field: RefObject<HTMLTextAreaElement | null>
}
export type Refusing = Typed & { isSending: boolean; send: () => void }

/** The answer that refuses a claim. What was typed stays until it is taken, whatever happens. */
export const useRefusing = ({
  claim,
  member,
  slug,
}: {
  claim: string
  member: string
  /** Of the dialog. */
  slug: string
}): Refusing => {
  const { config } = useConfig()
  const { closeModal } = useModal()
  const router = useRouter()
  const leave = useFocusOnPanel()
  const { stay, ...typed } = useTyped()
  const [isSending, setIsSending] = useState(false)
  const post = async () => {
    setIsSending(true)
    const url = `${config.routes.api}/cashback-claims/${claim}/reject`
    const posted = await postFor<unknown>(url, { answer: typed.text.trim() })
    setIsSending(false)
    const isLate = 'refusal' in posted && posted.codes.includes('claim.decided')
    if ('refusal' in posted && !isLate) {
      stay(posted.refusal)
      return
    }
    if (isLate) toast.error('Somebody else has answered this claim. Your answer was not sent.')
    else toast.success(`Refused. ${member} can read your answer.`)
    leave()
    closeModal(slug)
    router.refresh()
  }
  const send = () => {
    const wrong = checkAnswer(typed.text)
    if (wrong) stay(wrong)
    else if (!isSending) void post()
  }
  return { ...typed, isSending, send }
}

const useTyped = (): Typed & { stay: (problem: string) => void } => {
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
    stay: (words) => {
      setProblem(words)
      field.current?.focus()
    },
  }
}

/** The button goes once the claim is answered: whoever pressed it goes on where the answer is. */
const useFocusOnPanel = () => {
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
