import type { InputHTMLAttributes } from 'react'

/** A short text or a day that is asked for with a file. */
export const TextField = ({
  label,
  onText,
  ...input
}: { label: string; onText: (value: string) => void } & InputHTMLAttributes<HTMLInputElement>) => (
  <label>
    {label}
    <input
      onChange={({ target }) => {
        onText(target.value)
      }}
      {...input}
    />
  </label>
)
