'use client'
import { Button, toast, useConfig, useModal } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'

import { DialogFrame } from './DialogFrame.tsx'
import { postAction } from './postAction.ts'

type Props = {
  /** Unique on the page. */
  slug: string
  label: string
  style?: 'primary' | 'secondary' | 'subtle' | 'transparent'
  size?: 'medium' | 'small'
  isDisabled?: boolean
  heading: string
  /** The effect of the action, and its input fields. */
  children: ReactNode
  confirmLabel: string
  isReady?: boolean
  /** Below the API's root. */
  path: string
  /** The input. A dialog with a body stays open when the API refuses it. */
  body?: object
  /** Shown when it is done. */
  done: string
  onDone?: () => void
  /** Called with the reason of a refusal, which is also shown. */
  onRefused?: (reason: string) => void
}

/**
 * A button with a confirmation dialog that posts to our API. The page is read again
 * after the answer, and a refusal is shown with its reason.
 */
export const ActionButton = (props: Props) => {
  const { openModal, isModalOpen } = useModal()
  const { isDisabled = false, label, size = 'medium', slug, style = 'secondary' } = props
  return (
    <>
      <Button
        buttonStyle={style}
        disabled={isDisabled}
        id={slug}
        margin={false}
        onClick={() => {
          openModal(`${slug}-dialog`)
        }}
        size={size}
        type="button"
      >
        {label}
      </Button>
      {isModalOpen(`${slug}-dialog`) && <Dialog {...props} slug={`${slug}-dialog`} />}
    </>
  )
}

const Dialog = (props: Props) => {
  const { confirm, isSending } = useConfirm(props)
  const { children, confirmLabel, heading, isReady = true, slug } = props
  return (
    <DialogFrame
      controls={
        <Button
          disabled={isSending || !isReady}
          id={`${slug}-confirm`}
          onClick={confirm}
          size="large"
          type="button"
        >
          {confirmLabel}
        </Button>
      }
      heading={heading}
      isSending={isSending}
      slug={slug}
    >
      {children}
    </DialogFrame>
  )
}

const useConfirm = ({ body, done, onDone, onRefused, path, slug }: Props) => {
  const { config } = useConfig()
  const { closeModal } = useModal()
  const router = useRouter()
  const [isSending, setIsSending] = useState(false)
  const send = async () => {
    setIsSending(true)
    const refusal = await postAction(`${config.routes.api}${path}`, body)
    setIsSending(false)
    if (refusal === null) {
      toast.success(done)
      onDone?.()
    } else {
      toast.error(refusal)
      onRefused?.(refusal)
      if (body) return
    }
    closeModal(slug)
    router.refresh()
  }
  return {
    isSending,
    confirm: () => {
      if (!isSending) void send()
    },
  }
}
