/** Who goes to a shop, as far as a signature says so; the database still asks for the session. */
export type Goer = {
  member: string
  /** The sign-in that must still be open; null where a token stands for it. */
  session: string | null
  /** False for those who said outright who they are: they are refused rather than sent as guests. */
  mayBeGuest: boolean
}

/** A shop as a click needs it; `seal` changes whenever a link would. */
export type Way = {
  seal: string
  adapter: string
  settings: object | null
  trackingUrl: string
  hosts: string[]
  /** The offer that was asked for, null when it is not to be had; and its page. */
  offer: string | null
  offerUrl: string | null
}
