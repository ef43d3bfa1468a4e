'use client'
import { FieldDescription, FieldError, FieldLabel, useField } from '@payloadcms/ui'
import { mergeFieldStyles } from '@payloadcms/ui/shared'
import type { NumberFieldClientProps } from 'payload'
import { useState } from 'react'

type Props = NumberFieldClientProps & {
  /** Formats the stored integer for editing. */
  show: (stored: number) => string
  /** Parses the typed text; null while it is not (yet) a value. */
  read: (typed: string) => number | null
  prefix?: string | undefined
  suffix?: string | undefined
  hint: string
}

/**
 * A text box for a number that is stored as an integer but typed as a decimal. The text stays as
 * typed while the box has the focus. A text that is not a value is refused on saving.
 */
export const DecimalInput = ({
  field,
  hint,
  path,
  prefix,
  read,
  readOnly,
  show,
  suffix,
}: Props) => {
  const { change, disabled, finish, isUnreadable, showError, text } = useDecimal(path, read, show)
  const isReadOnly = Boolean(readOnly ?? field.admin?.readOnly) || disabled
  const id = `field-${path.replaceAll('.', '__')}`

  return (
    <div
      className={`field-type t-decimal${showError ? ' error' : ''}${isReadOnly ? ' read-only' : ''}`}
      style={mergeFieldStyles(field)}
    >
      <FieldLabel htmlFor={id} label={field.label} path={path} required={field.required} />
      <div className="field-type__wrap t-decimal__wrap">
        <FieldError path={path} showError={showError || isUnreadable} message={hint} />
        <Affix text={prefix} />
        <input
          autoComplete="off"
          disabled={isReadOnly}
          id={id}
          inputMode="decimal"
          name={path}
          onBlur={finish}
          onChange={(event) => {
            change(event.target.value)
          }}
          type="text"
          value={text}
        />
        <Affix text={suffix} />
      </div>
      {field.admin?.description && (
        <FieldDescription description={field.admin.description} path={path} />
      )}
    </div>
  )
}

const useDecimal = (path: string, read: Props['read'], show: Props['show']) => {
  const { disabled, setValue, showError, value } = useField<number | null>({ path })
  const [typed, setTyped] = useState<string | null>(null)
  const isUnreadable = typed !== null && typed.trim() !== '' && read(typed) === null
  const stored = typeof value === 'number' && !Number.isNaN(value) ? show(value) : ''
  return {
    disabled,
    isUnreadable,
    showError,
    text: typed ?? stored,
    change: (text: string) => {
      setTyped(text)
      // NaN is refused by the field's own validation, here and on the server.
      setValue(text.trim() === '' ? null : (read(text) ?? Number.NaN))
    },
    finish: () => {
      if (!isUnreadable) setTyped(null)
    },
  }
}

const Affix = ({ text }: { text: string | undefined }) =>
  text ? <span className="t-decimal__affix">{text}</span> : null
