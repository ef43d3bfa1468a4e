'use client'
import { Button, toast, useConfig } from '@payloadcms/ui'
import { useState } from 'react'

import { postAction } from './postAction.ts'

/** A button that posts at once. The figures are then read again, also after a refusal. */
export const ActNow = ({
  body,
  done,
  isDisabled = false,
  label,
  name,
  onDone,
  path,
  style = 'secondary',
}: {
  body?: object
  /** Shown when it is done. */
  done: string
  isDisabled?: boolean
  label: string
  /** Its action and object, for screen readers. */
  name: string
  onDone: () => void
  path: string
  style?: 'primary' | 'secondary' | 'subtle'
}) => {
  const { config } = useConfig()
  const [isSending, setIsSending] = useState(false)
  const send = async () => {
    setIsSending(true)
    const refusal = await postAction(`${config.routes.api}${path}`, body)
    setIsSending(false)
    if (refusal === null) toast.success(done)
    else toast.error(refusal)
    onDone()
  }
  return (
    <Button
      aria-label={name}
      buttonStyle={style}
      disabled={isDisabled || isSending}
      margin={false}
      onClick={() => void send()}
      size="small"
      type="button"
    >
      {label}
    </Button>
  )
}
