'use client'
import { createContext, use } from 'react'

import type { DeskAction } from '../../../../src/payouts/desk/deskActions.ts'
import type { Owner } from '../../../../src/payouts/desk/listOwners.ts'
import type { OutcomeLine } from './describeOutcome.ts'
import type { DeskItem } from './deskItem.ts'

export type Asked = { action: DeskAction | 'keys'; items: DeskItem[] }
export type Desk = {
  items: ReadonlyMap<string, DeskItem>
  /** The ids of the page, in its order. */
  listed: string[]
  mayAct: boolean
  owners: Owner[]
  viewer: string
  selected: ReadonlySet<string>
  select: (ids: readonly string[], isSelected: boolean) => void
  /** The dialog that is open, or was last. */
  asked: Asked | null
  ask: (action: Asked['action'], ids: readonly string[]) => void
  outcome: OutcomeLine[]
  /** Shows what became of an action. What is decided is no longer selected. */
  report: (lines: OutcomeLine[]) => void
}

export const DeskContext = createContext<Desk | null>(null)

/** The selection, the dialogs and the outcomes of the desk, for the parts below. */
export const useDesk = (): Desk => {
  const desk = use(DeskContext)
  if (!desk) throw new Error('A part of the desk is outside of its provider.')
  return desk
}

/** The dialog of an action, as Payload's modals are named. */
export const slugOf = (action: Asked['action']): string => `desk-${action}`
