import type { StoredFile } from '../claims/storeFile.ts'
import type { CashbackRate } from '../domain/cashback.ts'
import type { OrphanReason, OrphanSale } from '../domain/orphanScore.ts'

/** A sale that belongs to nobody yet, as its deciders see it. */
export type Orphan = OrphanSale & {
  id: string
  network: string
  networkName: string
  externalId: string
  /** Where unknown to the sale, that of the network's programme. */
  merchant: string | null
  merchantName: string
  status: string
  commissionMinor: number
  /** What its returns take away, not above zero. */
  returnedMinor: number
  /** That of a guest’s click, else the merchant’s, else the config’s. */
  rate: CashbackRate
  /** Not null while a second person has to confirm to whom it is given. */
  pending: PendingAssignment | null
}

export type PendingAssignment = {
  id: string
  member: string
  memberName: string | null
  requestedBy: string | null
  requestedByName: string | null
  createdAt: string
}

/** A member whom a sale may belong to, with the ids of what speaks for it. */
export type Suggestion = {
  member: string
  memberName: string | null
  click: string | null
  clickedAt: string | null
  claim: string | null
  /** Of the claim. */
  files: StoredFile[]
  score: number
  reasons: OrphanReason[]
}
