'use client'
import { Button, Modal, toast, useConfig, useModal } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { type ReactNode, useState } from 'react'

import { postAction } from './postAction.ts'

type Props = {
  /** Of this action alone on the page. */
  slug: string
  label: string
  style?: 'primary' | 'secondary'
  size?: 'medium' | 'small'
  isDisabled?: boolean
  heading: string
  /** What will happen and what will not, and what has to be typed for it. */
  children: ReactNode
  confirmLabel: string
  isReady?: boolean
  /** Below the API's root. */
  path: string
  /** What was typed. An action with a body stays open when it is refused. */
  body?: object
  /** Said when it is done. */
  done: string
  onDone?: () => void
}

/**
 * A button that asks before it posts to our API. Never optimistic: the page is read again after
 * the answer, and a refusal is told in words.
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

/** In the look of Payload's confirmation, which cannot stay open nor be named for who listens. */
const Dialog = (props: Props) => {
  const { closeModal } = useModal()
  const { confirm, isSending } = useConfirm(props)
  const { children, confirmLabel, heading, isReady = true, slug } = props
  return (
    <Modal
      aria-labelledby={`${slug}-heading`}
      className="confirmation-modal t-ask"
      closeOnBlur={false}
      slug={slug}
      style={{ zIndex: 100 }}
    >
      <div className="confirmation-modal__wrapper">
        <div className="confirmation-modal__content">
          <h1 id={`${slug}-heading`}>{heading}</h1>
          {children}
        </div>
        <div className="confirmation-modal__controls">
          <Button
            buttonStyle="secondary"
            disabled={isSending}
            onClick={() => {
              closeModal(slug)
            }}
            size="large"
            type="button"
          >
            Cancel
          </Button>
          <Button
            disabled={isSending || !isReady}
            id={`${slug}-confirm`}
            onClick={confirm}
            size="large"
            type="button"
          >
            {confirmLabel}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

const useConfirm = ({ body, done, onDone, path, slug }: Props) => {
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
