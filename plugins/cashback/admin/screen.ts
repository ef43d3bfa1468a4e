import type { Times } from '../../../src/admin/format/times.ts'

/** What every part of the desk is shown with. */
export type Screen = {
  /** As of when the figures are, in ISO 8601. */
  at: string
  times: Times
  viewer: Viewer
  /** Reads the figures anew, after a deed. */
  onDone: () => void
}

/** Who looks at it, and what of it is theirs to do; the endpoints check it again. */
export type Viewer = {
  id: string
  /** Asks for reads, and gives transactions to members. */
  mayAct: boolean
  /** Sees what networks answered, page by page, and their settings. */
  isAdmin: boolean
}
