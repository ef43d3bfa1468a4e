'use client'
import { useDesk } from './deskContext.ts'

/** The checkbox of a row. */
export const SelectRow = ({ id, name }: { id: string; name: string }) => {
  const { select, selected } = useDesk()
  return (
    <input
      aria-label={`Select ${name}`}
      checked={selected.has(id)}
      onChange={({ target }) => {
        select([id], target.checked)
      }}
      type="checkbox"
    />
  )
}

/** Selects all rows of the page, or none. */
export const SelectAll = () => {
  const { listed, select, selected } = useDesk()
  return (
    <input
      aria-label="Select all on this page"
      checked={listed.length > 0 && selected.size === listed.length}
      onChange={({ target }) => {
        select(listed, target.checked)
      }}
      ref={(box) => {
        if (box) box.indeterminate = selected.size > 0 && selected.size < listed.length
      }}
      type="checkbox"
    />
  )
}
