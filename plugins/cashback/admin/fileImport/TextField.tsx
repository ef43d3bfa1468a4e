import type { InputHTMLAttributes } from 'react'

/** An input for a short text or a day beside a file. */
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
