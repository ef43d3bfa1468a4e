'use client'
import {
  FieldDescription,
  FieldError,
  FieldLabel,
  useAuth,
  useDocumentInfo,
  useField,
  useFormFields,
} from '@payloadcms/ui'
import type { TextFieldClientProps } from 'payload'

/**
 * Asks people for their current password in their own account's form, while it changes the e-mail
 * address or the password.
 */
export const CurrentPassword = ({ path }: TextFieldClientProps) => {
  const { disabled, setValue, showError, value } = useField<string | undefined>({ path })
  const { id } = useDocumentInfo()
  const { user } = useAuth()
  const isNeeded = useFormFields(([fields]) => {
    const { email, password } = fields
    return password !== undefined || (email !== undefined && email.value !== email.initialValue)
  })
  if (!isNeeded || id === undefined || id !== user?.id) return null
  return (
    <div className={`field-type text${showError ? ' error' : ''}`}>
      <FieldLabel htmlFor="field-currentPassword" label="Current password" path={path} required />
      <div className="field-type__wrap">
        <FieldError path={path} showError={showError} />
        <input
          autoComplete="current-password"
          disabled={disabled}
          id="field-currentPassword"
          name={path}
          onChange={(event) => {
            setValue(event.target.value)
          }}
          type="password"
          value={value ?? ''}
        />
      </div>
      <FieldDescription
        description="Needed to change your e-mail address or password. A new address is used after its mailbox confirmed it."
        path={path}
      />
    </div>
  )
}
