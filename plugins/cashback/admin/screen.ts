import type { Times } from '../../../src/admin/format/times.ts'

/** The context that every part of the networks view gets. */
export type Screen = {
  /** The time of the figures, in ISO 8601. */
  at: string
  times: Times
  viewer: Viewer
  /** Reads the figures again, after an action. */
  onDone: () => void
}

/** The signed-in user and their rights. The endpoints check the rights again. */
export type Viewer = {
  id: string
  /** May request reads and assign transactions. */
  mayAct: boolean
  /** May see the pages and settings of networks. */
  isAdmin: boolean
}
