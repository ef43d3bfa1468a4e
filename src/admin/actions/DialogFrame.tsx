'use client'
import { Button, Modal, useModal } from '@payloadcms/ui'
import type { ReactNode } from 'react'

/** Looks like Payload's confirmation, which can neither stay open nor have an accessible name. */
export const DialogFrame = ({
  children,
  controls,
  heading,
  isSending = false,
  leaveLabel = 'Cancel',
  slug,
}: {
  children: ReactNode
  /** Beside the button that closes the dialog. */
  controls?: ReactNode
  heading: string
  isSending?: boolean
  leaveLabel?: string
  slug: string
}) => {
  const { closeModal } = useModal()
  return (
    <Modal
      aria-labelledby={`${slug}-heading`}
      className="confirmation-modal t-dialog"
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
            {leaveLabel}
          </Button>
          {controls}
        </div>
      </div>
    </Modal>
  )
}
