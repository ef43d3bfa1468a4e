'use client'
import { useDesk } from './deskContext.ts'

/** The most used keys, and the button that shows all. Not on a phone. */
export const KeysHint = () => {
  const { ask, items, mayAct } = useDesk()
  const isApprovable = [...items.values()].some(({ actions }) => actions.includes('approve'))
  return (
    <span className="t-desk__keys t-muted">
      <span>
        <kbd>J</kbd> <kbd>K</kbd> move
      </span>
      {mayAct && isApprovable && (
        <span>
          <kbd>A</kbd> approve
        </span>
      )}
      <button
        className="t-desk__keysButton"
        onClick={() => {
          ask('keys', [])
        }}
        type="button"
      >
        <kbd>?</kbd> all keys
      </button>
    </span>
  )
}
