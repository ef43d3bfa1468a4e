'use client'
import { useState } from 'react'

import { Sign } from '../status/Sign.tsx'

/** Copies a text. The label shows the result, and screen readers announce it. */
export const CopyButton = ({ text }: { text: string }) => {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle')
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => {
        setState('copied')
      },
      () => {
        setState('refused')
      },
    )
  }
  return (
    <button className="t-button" onClick={copy} type="button">
      <Sign name={state === 'copied' ? 'check' : 'copy'} size={14} />
      <span aria-live="polite">{LABELS[state]}</span>
    </button>
  )
}

const LABELS = {
  idle: 'Copy',
  copied: 'Copied',
  refused: 'Not allowed here. Select and copy the text.',
}
