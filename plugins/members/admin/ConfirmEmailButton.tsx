'use client'
import { Button, toast, useConfig } from '@payloadcms/ui'
import { useState } from 'react'

import { postToApi } from '../../../src/admin/actions/postToApi.ts'

/** Sends the token of the link. */
export const ConfirmEmailButton = ({ token }: { token: string }) => {
  const [isDone, setIsDone] = useState(false)
  const { config } = useConfig()
  const confirm = async () => {
    const posted = await postToApi(`${config.routes.api}/users/confirm-email`, { token })
    if ('refusal' in posted) toast.error(posted.refusal)
    else setIsDone(true)
  }
  return isDone ? (
    <p className="t-strong">Your e-mail address is confirmed.</p>
  ) : (
    <Button onClick={() => void confirm()}>Confirm address</Button>
  )
}
