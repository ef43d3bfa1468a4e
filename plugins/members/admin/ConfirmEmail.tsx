import type { AdminViewServerProps } from 'payload'

import { AdminView } from '../../adminViews/AdminView.tsx'
import { ConfirmEmailButton } from './ConfirmEmailButton.tsx'

/** The page behind the link that confirms an e-mail address of staff. A person must click. */
export const ConfirmEmail = (view: AdminViewServerProps) => {
  const { token } = view.searchParams ?? {}
  const given = typeof token === 'string' ? token : ''
  return (
    <AdminView
      audience="staff"
      label="Confirm address"
      path={`/confirm-email?token=${encodeURIComponent(given)}`}
      view={view}
    >
      <h1>Confirm your e-mail address</h1>
      <p className="t-gap">Your account uses the address of the link from now on.</p>
      <ConfirmEmailButton token={given} />
    </AdminView>
  )
}
