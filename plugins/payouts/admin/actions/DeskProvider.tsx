'use client'
import { useModal } from '@payloadcms/ui'
import { type ReactNode, useMemo, useState } from 'react'

import type { Owner } from '../../../../src/payouts/desk/listOwners.ts'
import type { DeskItem } from './deskItem.ts'
import { type Asked, type Desk, DeskContext, slugOf } from './deskContext.ts'
import { DeskBar } from './DeskBar.tsx'
import { DeskDialogs } from './DeskDialogs.tsx'
import type { OutcomeLine } from './describeOutcome.ts'
import { useDeskKeys } from './useDeskKeys.ts'

type Props = {
  children: ReactNode
  items: DeskItem[]
  listed: string[]
  mayAct: boolean
  /** The id of the withdrawal in detail. */
  open: string | null
  owners: Owner[]
  viewer: string
}

/** Holds the selection, the dialogs and the outcomes of the desk. */
export const DeskProvider = ({ children, items: given, open, ...facts }: Props) => {
  const { openModal } = useModal()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [asked, setAsked] = useState<Asked | null>(null)
  const [outcome, setOutcome] = useState<OutcomeLine[]>([])
  const items = useMemo(() => new Map(given.map((item) => [item.id, item])), [given])
  const desk: Desk = {
    ...facts,
    items,
    // What another page or another person took away is no longer selected.
    selected: new Set([...chosen].filter((id) => facts.listed.includes(id))),
    select: (ids, isSelected) => {
      setChosen((before) => {
        const next = new Set(before)
        for (const id of ids) {
          if (isSelected) next.add(id)
          else next.delete(id)
        }
        return next
      })
    },
    asked,
    ask: (action, ids) => {
      setAsked({ action, items: ids.flatMap((id) => items.get(id) ?? []) })
      openModal(slugOf(action))
    },
    outcome,
    report: (lines) => {
      setOutcome(lines)
      setChosen(new Set())
    },
  }
  useDeskKeys(desk, open)
  return (
    <DeskContext value={desk}>
      {children}
      <DeskBar />
      <DeskDialogs />
    </DeskContext>
  )
}
