import type { PostbackMethod } from '../types.ts'

/** What became of one postback of ours; its status is null where nobody answered. */
export type PostedBack = {
  network: string
  order: string
  at: string
  method: PostbackMethod
  url: string
  fields: Record<string, string>
  status: number | null
}
