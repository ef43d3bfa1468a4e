'use client'
import { useState } from 'react'

import { Sign } from '../status/Sign.tsx'

/** Copies a text; says so for a moment, also to those who listen. */
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
      <span aria-live="polite">{WORDS[state]}</span>
    </button>
  )
}

const WORDS = { idle: 'Copy', copied: 'Copied', refused: 'Not allowed here: select and copy' }
