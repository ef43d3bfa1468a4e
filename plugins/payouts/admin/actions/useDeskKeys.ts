'use client'
import { useConfig, useModal } from '@payloadcms/ui'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useRef } from 'react'

import type { DeskAction } from '../../../../src/payouts/desk/deskActions.ts'
import type { Desk } from './deskContext.ts'

/** The keys of the desk, for the dialog that shows them. */
export const DESK_KEYS: readonly [keys: string, effect: string][] = [
  ['J', 'Next withdrawal'],
  ['K', 'Previous withdrawal'],
  ['Enter', 'Show it in detail'],
  ['X', 'Select it'],
  ['A', 'Approve it, or what is selected'],
  ['R', 'Reject it'],
  ['H', 'Hold it'],
  ['/', 'Search'],
  ['?', 'Show the keys'],
  ['Esc', 'Leave the search, the selection or the detail'],
]

/**
 * Listens to the keys of the desk. They do nothing while a person types or a dialog is open. The
 * current row is the one with the focus, or the last that had it.
 */
export const useDeskKeys = (desk: Desk, open: string | null): void => {
  const { oneModalIsOpen } = useModal()
  const leaveDetail = useLeaveDetail()
  const latest = useRef<string | null>(null)
  const handle = useRef<(event: KeyboardEvent) => void>(() => undefined)
  useEffect(() => {
    handle.current = (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTyping(event.target)) {
        if (event.key === 'Escape') (event.target as HTMLElement).blur()
        return
      }
      if (oneModalIsOpen) return
      const current = findFocused() ?? latest.current
      const isHandled = press(event.key, { desk, current, open, latest, leaveDetail })
      if (isHandled) event.preventDefault()
    }
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      handle.current(event)
    }
    const remember = () => {
      latest.current = findFocused() ?? latest.current
    }
    document.addEventListener('keydown', listen)
    document.addEventListener('focusin', remember)
    return () => {
      document.removeEventListener('keydown', listen)
      document.removeEventListener('focusin', remember)
    }
  }, [])
}

const useLeaveDetail = (): (() => void) => {
  const { config } = useConfig()
  const path = usePathname()
  const query = useSearchParams()
  const router = useRouter()
  return () => {
    const next = new URLSearchParams(query)
    next.delete('open')
    if (path.startsWith(config.routes.admin)) router.push(`${path}?${next.toString()}`)
  }
}

type Pressed = {
  desk: Desk
  /** The id of the current row. */
  current: string | null
  open: string | null
  latest: { current: string | null }
  leaveDetail: () => void
}

const ACTIONS: Record<string, DeskAction> = { a: 'approve', r: 'reject', h: 'hold' }

/** Returns false for a key without an effect. */
const press = (key: string, pressed: Pressed): boolean => {
  const { current, desk, latest } = pressed
  switch (key) {
    case 'j':
    case 'k':
      return focusRow(moveTo(desk.listed, current, key === 'j' ? 1 : -1), latest)
    case 'x':
      if (current === null || !desk.mayAct || !isSelectable(current)) return false
      desk.select([current], !desk.selected.has(current))
      return true
    case '/':
      document.getElementById('desk-search')?.focus()
      return true
    case '?':
      desk.ask('keys', [])
      return true
    case 'Escape':
      return leave(pressed)
    default: {
      const action = ACTIONS[key]
      return action ? act(action, pressed) : false
    }
  }
}

/** Opens the dialog of an action for the selection, else the current row, else the one in detail. */
const act = (action: DeskAction, { current, desk, open }: Pressed): boolean => {
  if (!desk.mayAct) return false
  const selected = action === 'approve' ? [...desk.selected] : []
  const id = [current, open].find((one) => one !== null && desk.items.has(one))
  const ids = selected.length > 0 ? selected : id ? [id] : []
  const isPossible = ids.some((one) => desk.items.get(one)?.actions.includes(action))
  if (isPossible) desk.ask(action, ids)
  return isPossible
}

const leave = ({ desk, leaveDetail, open }: Pressed): boolean => {
  if (desk.selected.size > 0) desk.select([...desk.selected], false)
  else if (open !== null) leaveDetail()
  else return false
  return true
}

/** The row after or before the current one; the first if there is none, or it is gone. */
const moveTo = (listed: readonly string[], current: string | null, step: -1 | 1): string | null => {
  const index = current === null ? -1 : listed.indexOf(current)
  if (index < 0) return listed[0] ?? null
  return listed[Math.min(listed.length - 1, Math.max(0, index + step))] ?? null
}

const focusRow = (id: string | null, latest: { current: string | null }): boolean => {
  if (id === null) return false
  latest.current = id
  document.querySelector<HTMLElement>(`[data-desk-row="${id}"] a`)?.focus()
  return true
}

const findFocused = (): string | null => {
  const row = document.activeElement?.closest('tr')?.querySelector<HTMLElement>('[data-desk-row]')
  return row?.dataset.deskRow ?? null
}

const isSelectable = (id: string): boolean =>
  document
    .querySelector(`[data-desk-row="${id}"]`)
    ?.closest('tr')
    ?.querySelector('[type=checkbox]') != null

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button])'))
