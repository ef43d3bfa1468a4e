'use client'
import { useEffect } from 'react'

/** Puts the focus on an element of a dialog once it is shown. */
export const useFocus = (id: string): void => {
  useEffect(() => {
    const timer = setTimeout(() => document.getElementById(id)?.focus())
    return () => {
      clearTimeout(timer)
    }
  }, [id])
}
