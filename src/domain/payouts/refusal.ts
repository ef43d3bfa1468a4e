/** Why a withdrawal or a method is refused, for the person who asked for it. */
export type Refusal = {
  /** Stable: clients and support quote it. */
  code: string
  /** A sentence without account data. */
  message: string
  /** The field of the request that has to change, or null if none would help. */
  field: string | null
}
