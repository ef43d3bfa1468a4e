'use client'
import { useEffect } from 'react'

/** Brings into sight the part of a screen that the address names; it may come after the page did. */
export const useLanding = (id: string): void => {
  useEffect(() => {
    if (window.location.hash === `#${id}`) document.getElementById(id)?.scrollIntoView()
  }, [id])
}
